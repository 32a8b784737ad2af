using System.Collections.Immutable;

namespace VetBooking.Web.Voice.Look;

/// <summary>What a practice decides about how its pages look: a colour, how round corners are, and the font of its headings.</summary>
/// <param name="Colour">The practice's colour, as it was chosen.</param>
/// <param name="Corners">One of <see cref="AllCorners"/>.</param>
/// <param name="Font">One of <see cref="HeadFont.All"/>, or <c>system</c>.</param>
public sealed record Theme(Rgb Colour, string Corners, string Font)
{
    /// <summary>How every practice looks until it decides otherwise.</summary>
    public static readonly Theme Plain = new(new Rgb(0x0b, 0x6b, 0x5d), "round", HeadFont.System);

    /// <summary>How round a corner can be, with the radius in pixels.</summary>
    public static readonly ImmutableArray<(string Id, int Pixels)> AllCorners = [("square", 3), ("slight", 8), ("round", 14), ("very-round", 22)];

    /// <summary>Finished ones to choose from, by what they are called; the first one is <see cref="Plain"/>.</summary>
    public static readonly ImmutableArray<(string Id, Theme Theme)> Finished =
    [
        ("park", Plain),
        ("terra", new(new Rgb(0x9c, 0x41, 0x1f), "very-round", "serif")),
        ("sky", new(new Rgb(0x1d, 0x55, 0x9b), "slight", "warm")),
        ("berry", new(new Rgb(0x8f, 0x2a, 0x5e), "very-round", "round")),
        ("slate", new(new Rgb(0x3d, 0x4f, 0x5c), "square", "serif")),
    ];

    /// <summary>The radius of corners, in pixels.</summary>
    public int Radius => AllCorners.First(one => one.Id == Corners).Pixels;

    /// <summary>Reads what an address or a row holds; null if any of it is unknown.</summary>
    public static Theme? Read(string colour, string corners, string font) =>
        Rgb.Read(colour) is { } read && AllCorners.Any(one => one.Id == corners) && (font == HeadFont.System || HeadFont.Find(font) is not null) ? new Theme(read, corners, font) : null;
}
