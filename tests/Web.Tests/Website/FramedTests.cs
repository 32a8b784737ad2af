using System.IO.Compression;
using System.Text;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Website;

/// <summary>The booking as it is sent into a frame, and the script that makes the frame.</summary>
public sealed class FramedTests(PracticeFixture fixture)
{
    private const string Allowed = "INSERT INTO embedding_origin (position, origin) VALUES (0, 'https://www.praxis.de')";

    [Fact]
    public async Task A_framed_booking_knows_so_on_every_step_and_keeps_only_what_belongs_to_it()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Allowed });
        practice.Http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", "iframe");
        var contact = await practice.Browser.ToContact();
        foreach (var page in (Seen[])[await practice.Browser.Open("/buchen"), contact, await practice.Browser.Book(contact)])
        {
            Assert.Equal(200, page.Status);
            Assert.Equal("https://www.praxis.de", page.Find("script[defer]").GetAttribute("data-hosts"));
            Assert.Null(page.Document.QuerySelector("header a"));
            Assert.Contains("Tierarztpraxis am Park", page.Find("header").TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("embed", page.Url, StringComparison.Ordinal);
            foreach (var link in page.Document.QuerySelectorAll("a[href^='tel:']")) Assert.Equal("_top", link.GetAttribute("target"));
            foreach (var link in page.Document.QuerySelectorAll("a[href]").Where(link => !Stays(link.GetAttribute("href")!))) Assert.NotNull(link.GetAttribute("target"));
            foreach (var form in page.Document.QuerySelectorAll("form")) Assert.Null(form.GetAttribute("target"));
        }

        static bool Stays(string href) => href.StartsWith("/buchen", StringComparison.Ordinal) || href.StartsWith('#');
    }

    [Theory]
    [InlineData(Allowed, "document")]
    [InlineData("SELECT 1", "iframe")]
    public async Task Everybody_else_gets_no_script(string sql, string destination)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = sql });
        practice.Http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", destination);
        var page = await practice.Browser.Open("/buchen");
        Assert.Null(page.Document.QuerySelector("script"));
        Assert.Equal(destination == "document", page.Document.QuerySelector("header a.tel") is not null);
    }

    [Fact]
    public async Task The_scripts_are_small_keep_nothing_and_may_be_fetched_from_elsewhere()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Allowed });
        using var embed = await practice.Http.GetAsync("/embed.js");
        Assert.Equal(("text/javascript", "cross-origin", "public, max-age=3600"), (embed.Content.Headers.ContentType?.MediaType, embed.Headers.GetValues("Cross-Origin-Resource-Policy").Single(), embed.Headers.CacheControl?.ToString()));
        practice.Http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", "iframe");
        using var framed = await practice.Http.GetAsync((await practice.Browser.Open("/buchen")).Find("script").GetAttribute("src"));
        Assert.Equal(("text/javascript", true), (framed.Content.Headers.ContentType?.MediaType, framed.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal)));
        var (outer, inner) = (await embed.Content.ReadAsStringAsync(), await framed.Content.ReadAsStringAsync());
        Assert.InRange(Packed(outer), 1, 1024);
        Assert.InRange(Packed(inner), 1, 400);
        foreach (var never in (string[])["cookie", "localStorage", "sessionStorage", "fetch(", "innerHTML", "'*'"])
        {
            Assert.DoesNotContain(never, string.Join('\n', (outer + inner).Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal))), StringComparison.Ordinal);
        }
    }

    private static long Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.Length;
    }
}
