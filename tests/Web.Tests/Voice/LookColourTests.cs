using System.Globalization;
using VetBooking.Web.Voice.Look;

namespace VetBooking.Tests.Voice;

/// <summary>Whatever colour a practice has, everything on its pages can be read.</summary>
public sealed class LookColourTests
{
    // What the owners' style sheets write on what. A variable of the palette is named like in the sheet.
    private static readonly (string Front, string Ground, double Least)[] Pairs =
    [
        ("--on", "--brand", Palette.Words), // .btn, .pills and .days that are chosen, .home .front, .done
        .. from ground in (string[])["--bg", "--pa", "--tint", "--warnt", "--badt"] select ("--brand", ground, Palette.Words), // a, .tel, .btn.sec, .home .team i
        .. from front in (string[])["--tx", "--mu"] from ground in (string[])["--bg", "--pa", "--tint"] select (front, ground, Palette.Words), // .next, .opt that is chosen, .home .kinds
        .. from front in (string[])["--bad", "--ok"] from ground in (string[])["--bg", "--pa"] select (front, ground, Palette.Words), // .err, .f .msg, .days small
        .. from front in (string[])["--foc", "--fld"] from ground in (string[])["--bg", "--pa"] select (front, ground, Palette.Edges), // :focus-visible, .f input
        .. from ground in (string[])["--bg", "--pa", "--tint"] select ("--slot", ground, Palette.Edges),
    ];

    public static IEnumerable<TheoryDataRow<string>> Extremes() => ((string[])["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#ff0000", "#ff00ff", "#00ffff", "#808080", "#0b6b5d"]).Select(one => new TheoryDataRow<string>(one));

    [Theory]
    [MemberData(nameof(Extremes))]
    public void An_extreme_colour_can_be_read(string colour) => Assert.Empty(Weak(Rgb.Read(colour)!.Value));

    [Fact]
    public void Each_of_4096_colours_can_be_read()
    {
        var weak = Enumerable.Range(0, 4096).SelectMany(n => Weak(new Rgb((byte)((n >> 8) * 17), (byte)((n >> 4 & 15) * 17), (byte)((n & 15) * 17))));
        Assert.Empty(weak.Take(20));
    }

    [Fact]
    public void A_colour_keeps_its_hue()
    {
        foreach (var colour in (string[])["#ff0000", "#ff8800", "#ffff00", "#00c040", "#0088ff", "#8000ff", "#d0407a", "#9c411f"])
        {
            var own = Oklch.Of(Rgb.Read(colour)!.Value);
            foreach (var made in (Rgb[])[Palette.Light(Rgb.Read(colour)!.Value).Brand, Palette.Dark(Rgb.Read(colour)!.Value).Brand])
            {
                var turn = Math.Abs(Oklch.Of(made).H - own.H) * 180 / Math.PI;
                Assert.True(Math.Min(turn, 360 - turn) < 4, string.Create(CultureInfo.InvariantCulture, $"{colour} became {made.Hex}, {turn:0.0} degrees away"));
            }
        }
    }

    [Fact]
    public void A_colour_that_can_be_read_as_it_is_stays_as_it_is() =>
        Assert.All(Theme.Finished, one => Assert.Equal(one.Theme.Colour, Palette.Light(one.Theme.Colour).Brand));

    [Fact]
    public void Five_themes_are_finished_and_differ()
    {
        Assert.Equal(5, Theme.Finished.Select(one => one.Theme).Distinct().Count());
        Assert.Equal(Theme.Plain, Theme.Finished[0].Theme);
        Assert.All(Theme.Finished, one => Assert.Equal(one.Theme, Theme.Read(one.Theme.Colour.Hex, one.Theme.Corners, one.Theme.Font)));
    }

    [Theory]
    [InlineData("#0b6b5d", "#0b6b5d")]
    [InlineData("0B6B5D", "#0b6b5d")]
    [InlineData(" #abc ", "#aabbcc")]
    [InlineData("", null)]
    [InlineData("red", null)]
    [InlineData("#12345", null)]
    [InlineData("#1234567", null)]
    [InlineData("#gggggg", null)]
    [InlineData("#fff;}body{x:y", null)]
    public void A_colour_is_six_or_three_digits_and_nothing_else(string typed, string? read) => Assert.Equal(read, Rgb.Read(typed)?.Hex);

    private static IEnumerable<string> Weak(Rgb colour) =>
        from mode in new[] { (Name: "light", Palette: Palette.Light(colour), Grounds: Grounds.Light), (Name: "dark", Palette: Palette.Dark(colour), Grounds: Grounds.Dark) }
        from pair in Pairs
        let ratio = Of(pair.Front, mode.Palette, mode.Grounds).Contrast(Of(pair.Ground, mode.Palette, mode.Grounds))
        where ratio < pair.Least
        select string.Create(CultureInfo.InvariantCulture, $"{colour.Hex} {mode.Name}: {pair.Front} on {pair.Ground} is {ratio:0.00}");

    private static Rgb Of(string variable, Palette palette, Grounds grounds) => variable switch
    {
        "--brand" => palette.Brand,
        "--on" => palette.On,
        "--tint" => palette.Tint,
        "--slot" => palette.Slot,
        "--bg" => palette.Page,
        "--pa" => palette.Card,
        _ => grounds[variable],
    };
}
