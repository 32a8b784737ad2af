using System.Text;
using System.Text.RegularExpressions;
using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;
using VetBooking.Web.Voice.Look;

namespace VetBooking.Tests.Voice;

/// <summary>How the practice looks: chosen, looked at, and only then shown to owners.</summary>
public sealed partial class LookTests(PracticeFixture fixture)
{
    private const string Path = "/aussehen";

    [Fact]
    public async Task As_long_as_nothing_is_changed_there_is_no_sheet_of_the_practices_own()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.Open("/");
        Assert.DoesNotContain("aussehen", page.Html, StringComparison.Ordinal);
        Assert.Equal("#0b6b5d", page.Find("meta[name=theme-color]").GetAttribute("content"));
        Assert.NotNull(page.Document.QuerySelector(".top .logo i svg"));
    }

    [Fact]
    public async Task A_look_is_previewed_in_light_and_dark_and_changes_nothing_until_it_is_published()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        var preview = await desk.Preview(Path, ("farbe", "#ffff00"), ("ecken", "square"), ("schrift", "serif"));
        Assert.Equal(2, preview.Document.QuerySelectorAll(".specimen").Length);
        var sheet = await desk.Open(preview.Find("main link[rel=stylesheet]").GetAttribute("href")!);
        Assert.Equal(200, sheet.Status);
        Assert.Contains("--r:3px", sheet.Html, StringComparison.Ordinal);
        Assert.Contains(".specimen.dark{", sheet.Html, StringComparison.Ordinal);
        Assert.Equal(before, await practice.Digest());
        Assert.DoesNotContain("aussehen", (await practice.Browser.Open("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_published_owners_get_one_small_sheet_more_that_may_be_kept_for_ever()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set(Path, ("farbe", "#ffff00"), ("ecken", "very-round"), ("schrift", "serif"));
        var page = await practice.Browser.Open("/buchen");
        var link = page.Find("link[href*=aussehen]").GetAttribute("href")!;
        Assert.Matches(@"^/dateien/aussehen\.[0-9a-f]{16}\.css$", link);
        using var sheet = await practice.Http.GetAsync(link);
        Assert.Contains("immutable", sheet.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/css", sheet.Content.Headers.ContentType!.MediaType);
        var css = await sheet.Content.ReadAsStringAsync();
        Assert.InRange(css.Length, 100, 2000);
        Assert.Contains("--r:22px", css, StringComparison.Ordinal);
        Assert.Contains("font-display:swap", css, StringComparison.Ordinal);
        // What was chosen cannot be read on white; what is shown can.
        Assert.DoesNotContain("--brand:#ffff00", css, StringComparison.Ordinal);
        Assert.Equal(Palette.Light(Rgb.Read("#ffff00")!.Value).Brand.Hex, page.Find("meta[name=theme-color]").GetAttribute("content"));
        foreach (Match font in Font().Matches(css))
        {
            using var file = await practice.Http.GetAsync(font.Groups[1].Value);
            Assert.Equal((200, "font/woff2"), ((int)file.StatusCode, file.Content.Headers.ContentType!.MediaType));
            Assert.InRange((await file.Content.ReadAsByteArrayAsync()).Length, 1000, 25 * 1024);
        }
        Assert.Equal(2, Font().Count(css));
        Assert.Contains("font-src 'self'", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("look.changed", practice.Db.Row("SELECT act FROM audit ORDER BY id DESC LIMIT 1", row => row.GetString(0)));

        // Another look has another address, and the old one is gone.
        await desk.Set(Path, ("farbe", "#1d559b"), ("ecken", "round"), ("schrift", "system"));
        using var old = await practice.Http.GetAsync(link);
        Assert.Equal(404, (int)old.StatusCode);
        await desk.Set(Path, ("farbe", "#0b6b5d"), ("ecken", "round"), ("schrift", "system"));
        Assert.Equal(0, practice.Count("look"));
        Assert.DoesNotContain("aussehen", (await practice.Browser.Open("/")).Html, StringComparison.Ordinal);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_finished_theme_fills_the_fields()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        foreach (var (id, theme) in Theme.Finished)
        {
            var page = await desk.Open($"{SettingSteps.Root}{Path}?vorlage={id}");
            Assert.Equal((theme.Colour.Hex, theme.Corners, theme.Font), (page.Value("#farbe"), page.Find("#ecken option[selected]").GetAttribute("value"), page.Find("#schrift option[selected]").GetAttribute("value")));
            Assert.Single(page.Document.QuerySelectorAll(".themes [aria-current]"));
        }
        var preview = await desk.Browser.Press(await desk.Open($"{SettingSteps.Root}{Path}?vorlage=terra"), "form.sheet .btn");
        await desk.Confirm(preview);
        Assert.Equal("#9c411f very-round serif", practice.Db.Row("SELECT colour || ' ' || corners || ' ' || font FROM look", row => row.GetString(0)));
    }

    [Fact]
    public async Task What_is_no_colour_corner_or_font_is_refused()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        foreach (var (colour, corners, font) in new[] { ("red", "round", "system"), ("#fff}body{", "round", "system"), ("", "round", "system"), ("#123456", "huge", "system"), ("#123456", "round", "Comic Sans") })
        {
            Assert.Equal(422, (await desk.Preview(Path, ("farbe", colour), ("ecken", corners), ("schrift", font))).Status);
            var query = $"farbe={Uri.EscapeDataString(colour)}&ecken={corners}&schrift={Uri.EscapeDataString(font)}";
            Assert.Equal(404, (await desk.Open($"{SettingSteps.Root}{Path}/probe.css?{query}")).Status);
        }
        Assert.Equal(0, practice.Count("look"));
    }

    [Fact]
    public async Task Mails_have_the_practices_colour()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set(Path, ("farbe", "#8f2a5e"), ("ecken", "round"), ("schrift", "system"));
        await practice.Api.BookFirst("impfung");
        await practice.MailIsOut();
        using var mail = await MimeKit.MimeMessage.LoadAsync(Directory.GetFiles(practice.Folder.Outbox, "*.eml").Order(StringComparer.Ordinal).Last());
        Assert.Contains("background:#8f2a5e", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("#1f6f5c", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void The_colours_of_the_style_sheet_are_read_from_it()
    {
        Assert.Equal("#f7f8f7 #101614", $"{Grounds.Light["--bg"].Hex} {Grounds.Dark["--bg"].Hex}");
        Assert.True(Encoding.UTF8.GetString(LookSheet.Specimen(Theme.Plain)).Length is > 500 and < 4000, "The specimen's sheet is too long.");
    }

    [GeneratedRegex(@"url\((/dateien/[a-z]+-[a-z]+\.[0-9a-f]{16}\.woff2)\)")]
    private static partial Regex Font();
}
