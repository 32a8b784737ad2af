using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using AngleSharp.Html.Parser;
using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Website;

/// <summary>What the practice copies, downloads and prints.</summary>
public sealed class WebsitePageTests(PracticeFixture fixture)
{
    private const string Page = SettingSteps.Root + "/webseite";

    private static readonly Wanted Named = new() { PublicUrl = "http://termin.praxis.de", Sql = "INSERT INTO embedding_origin (position, origin) VALUES (0, 'https://www.praxis.de')" };

    [Theory]
    [InlineData("", "http://termin.praxis.de/buchen", "Termin online buchen")]
    [InlineData("?anliegen=impfung", "http://termin.praxis.de/buchen/impfung", "Termin online buchen: Impfung und Vorsorge")]
    public async Task Snippets_are_plain_HTML_that_leads_to_the_booking(string asked, string address, string words)
    {
        await using var practice = await fixture.Start(Named);
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open(Page + asked);
        Assert.Equal($"""<a href="{address}">{words}</a>""", page.Value("#link"));
        Assert.Equal($"""<form action="{address}"><button>{words}</button></form>""", page.Value("#knopf"));
        Assert.Equal($"<script src=\"http://termin.praxis.de/embed.js\" async></script>\n<vet-booking><a href=\"{address}\">{words}</a></vet-booking>", page.Value("#rahmen").ReplaceLineEndings("\n"));
        Assert.True(page.Document.QuerySelectorAll("textarea").All(area => area.HasAttribute("readonly")));
        var path = new Uri(address).AbsolutePath;
        Assert.Equal(200, (await practice.Browser.Open(path)).Status);
    }

    [Fact]
    public async Task Every_visit_type_that_owners_book_can_be_linked_and_no_other()
    {
        await using var practice = await fixture.Start(Named with { Sql = "UPDATE visit_type SET audience = 'staff' WHERE id = 'impfung'" });
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open(Page);
        var types = page.Document.QuerySelectorAll("#anliegen option").Select(option => option.GetAttribute("value")!).Where(value => value.Length > 0).ToList();
        Assert.True(types.Count > 3 && !types.Contains("impfung"));
        foreach (var type in types)
        {
            var link = (await new HtmlParser().ParseDocumentAsync((await desk.Open($"{Page}?anliegen={type}")).Value("#link"))).QuerySelector("a")!.GetAttribute("href")!;
            Assert.Equal(200, (await practice.Browser.Open(new Uri(link).AbsolutePath)).Status);
        }
        foreach (var none in (string[])["impfung", "nichts", "%22%3E%3Cscript%3E"])
        {
            foreach (var path in (string[])["", "/code.svg", "/code.png", "/aushang/a4"]) Assert.Equal(404, (await desk.Open($"{Page}{path}?anliegen={none}")).Status);
        }
        Assert.Equal(404, (await desk.Open(Page + "/aushang/a5")).Status);
    }

    [Fact]
    public async Task Words_with_signs_of_HTML_in_them_stay_words()
    {
        await using var practice = await fixture.Start(Named with { Sql = """UPDATE visit_type_text SET name = 'Zähne <b>& "Mehr"</b>' WHERE visit_type_id = 'impfung'""" });
        using var desk = await practice.SignedIn(Role.Administrator);
        var snippet = (await desk.Open(Page + "?anliegen=impfung")).Value("#link");
        Assert.Contains("Zähne", snippet, StringComparison.Ordinal);
        var link = (await new HtmlParser().ParseDocumentAsync(snippet)).QuerySelector("a")!;
        Assert.Equal(("Termin online buchen: Zähne <b>& \"Mehr\"</b>", 0), (link.TextContent, link.ChildElementCount));
    }

    [Theory]
    [InlineData("", "termin", "http://termin.praxis.de/buchen")]
    [InlineData("?anliegen=impfung", "termin-impfung", "http://termin.praxis.de/buchen/impfung")]
    public async Task The_code_is_a_sharp_picture_and_a_drawing_that_cameras_read(string asked, string name, string address)
    {
        await using var practice = await fixture.Start(Named);
        using var desk = await practice.SignedIn(Role.Administrator);
        using var png = await desk.Http.GetAsync(Page + "/code.png" + asked);
        Assert.Equal(("image/png", name + ".png"), (png.Content.Headers.ContentType?.MediaType, png.Content.Headers.ContentDisposition?.FileName));
        var picture = await png.Content.ReadAsByteArrayAsync();
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)));
        Assert.Equal(width, height);
        Assert.InRange(width, 1000, 1200);

        using var svg = await desk.Http.GetAsync(Page + "/code.svg" + asked);
        Assert.Equal(("image/svg+xml", name + ".svg"), (svg.Content.Headers.ContentType?.MediaType, svg.Content.Headers.ContentDisposition?.FileName));
        var root = System.Xml.Linq.XDocument.Parse(await svg.Content.ReadAsStringAsync()).Root!;
        var side = int.Parse(root.Attribute("viewBox")!.Value.Split(' ')[2], CultureInfo.InvariantCulture);
        // Whole pixels, and both with a quiet zone of four squares (ISO/IEC 18004).
        Assert.Equal(0, width % side);
        var squares = root.Elements().Last().Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('h')[0].Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal((4, 4, side - 5), (squares.Min(one => one[0]), squares.Min(one => one[1]), squares.Max(one => one[0])));

        var file = Path.Combine(practice.Folder.Path, "code.png");
        await File.WriteAllBytesAsync(file, picture);
        Assert.Equal(address, await Camera(file));
    }

    [Theory]
    [InlineData("a4")]
    [InlineData("a6")]
    public async Task A_notice_has_all_that_brings_somebody_to_the_booking(string format)
    {
        await using var practice = await fixture.Start(Named);
        using var desk = await practice.SignedIn(Role.Administrator);
        var notice = (await desk.Open($"{Page}/aushang/{format}?anliegen=impfung&lang=en")).Find(".notice");
        Assert.Equal("de", notice.GetAttribute("lang"));
        foreach (var said in (string[])["Tierarztpraxis am Park", "Termin online buchen", "Impfung und Vorsorge", "termin.praxis.de/buchen/impfung", "030 23125 120"])
        {
            Assert.Contains(said, notice.TextContent, StringComparison.Ordinal);
        }
        Assert.NotNull(notice.QuerySelector("svg[role=img][aria-label]"));
    }

    [Theory]
    [InlineData(Role.FrontDesk)]
    [InlineData(Role.Vet)]
    public async Task Only_whoever_may_change_the_practice_gets_here(Role role)
    {
        await using var practice = await fixture.Start(Named);
        using var desk = await practice.SignedIn(role);
        foreach (var path in (string[])["", "/rahmen", "/code.svg", "/aushang/a4"]) Assert.Equal(403, (await desk.Open(Page + path)).Status);
    }

    /// <summary>What a camera reads.</summary>
    private static async Task<string> Camera(string file)
    {
        using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--raw", "--quiet", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return (await zbar.StandardOutput.ReadToEndAsync()).Trim();
    }
}
