using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Voice;

/// <summary>Logo and photos over HTTP: sent, looked at, published, taken away.</summary>
public sealed partial class LookUploadTests(PracticeFixture fixture)
{
    private const string Root = SettingSteps.Root + "/aussehen";

    [Fact]
    public async Task A_logo_is_looked_at_then_published_then_removed()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await Send(desk, "/logo", Samples.Png(), "logo.png");
        Assert.Equal(200, preview.Status);
        var draft = preview.Find(".plates img").GetAttribute("src")!;
        Assert.Equal(200, (int)(await desk.Http.GetAsync(draft)).StatusCode);
        // Nobody but staff sees what is not published.
        Assert.Equal(404, (int)(await practice.Http.GetAsync("/dateien/" + draft.Split('/')[^1])).StatusCode);
        Assert.Equal(303, (int)(await practice.Http.GetAsync(draft)).StatusCode);
        Assert.Null((await practice.Browser.Open("/")).Document.QuerySelector(".top .logo img"));

        var saved = await desk.Confirm(preview);
        Assert.Contains("gespeichert=1", saved.Url, StringComparison.Ordinal);
        foreach (var path in (string[])["/", "/buchen", "/impressum"])
        {
            var logo = (await practice.Browser.Open(path)).Find(".top .logo img");
            Assert.Equal("Tierarztpraxis am Park", logo.GetAttribute("alt"));
            Assert.Matches(Address(), logo.GetAttribute("src")!);
        }
        using var picture = await practice.Http.GetAsync((await practice.Browser.Open("/")).Find(".top .logo img").GetAttribute("src"));
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", picture.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.InRange((await picture.Content.ReadAsByteArrayAsync()).Length, 1, 40 * 1024);
        Assert.Equal(1, practice.Count("picture"));

        await desk.Confirm(await desk.Browser.Press(await desk.Open(Root + "/logo"), "button[name=entfernen]"));
        Assert.Equal(0, practice.Count("picture"));
        Assert.Null((await practice.Browser.Open("/")).Document.QuerySelector(".top .logo img"));
        Assert.Equal(404, (int)(await practice.Http.GetAsync(picture.RequestMessage!.RequestUri)).StatusCode);
        Assert.Equal("logo.changed logo.removed", practice.Db.Row("SELECT group_concat(act, ' ') FROM (SELECT act FROM audit WHERE act LIKE 'logo.%' ORDER BY id)", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_photo_stands_beside_the_name_of_its_person_only()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Confirm(await Send(desk, "/fotos/weber", Samples.WithPlace, "IMG_0001.JPG"));
        var home = await practice.Browser.Open("/");
        var photo = Assert.Single(home.Document.QuerySelectorAll(".team img"));
        Assert.Equal("", photo.GetAttribute("alt"));
        Assert.Contains("Weber", photo.Closest("li")!.TextContent, StringComparison.Ordinal);
        using var picture = await practice.Http.GetAsync(photo.GetAttribute("src"));
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(await picture.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        Assert.Contains("vorhanden", (await desk.Open(Root + "/fotos")).Row("Weber"));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(home.Html), 1, 15_000);

        // Whoever leaves, leaves with their photo.
        practice.Db.Execute("UPDATE resource SET active = 0 WHERE id = 'weber'");
        await practice.Writer.Write(change => change.Db.Number("SELECT 1"));
        Assert.Equal(404, (int)(await practice.Http.GetAsync(photo.GetAttribute("src"))).StatusCode);
        Assert.Equal(404, (await desk.Open(Root + "/fotos/nobody")).Status);
    }

    [Fact]
    public async Task What_cannot_be_a_picture_is_refused_with_the_reason_and_nothing_is_kept()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        foreach (var (content, name, reason) in new (byte[], string, string)[]
        {
            (Samples.Text, "logo.png", "kein Bild"), (Samples.Svg, "logo.svg", "SVG"), (Samples.Svg, "logo.png", "SVG"), (Samples.Cut, "foto.jpg", "beschädigt oder unvollständig"),
            (Samples.Bomb, "foto.png", "40 Millionen"), (new byte[6 * 1024 * 1024], "foto.jpg", "größer als 5 MB"), (new byte[40 * 1024 * 1024], "foto.jpg", "größer als 5 MB"), ([], "leer.png", "Wählen Sie eine Bilddatei"),
        })
        {
            foreach (var path in (string[])["/logo", "/fotos/weber"])
            {
                var again = await Send(desk, path, content, name);
                Assert.True(again.Status == 422 && again.Words.Contains(reason, StringComparison.Ordinal), $"{name} at {path}: {again.Status} {again.Words}");
                Assert.Empty(again.DeadErrorLinks);
            }
        }
        Assert.Equal(0, practice.Count("picture"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task What_is_published_is_what_was_looked_at()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var first = await Send(desk, "/logo", Samples.Png(), "eins.png");
        await Send(desk, "/logo", Samples.Png(300, 300), "zwei.png");
        // The first one is no longer there to be published.
        Assert.Equal(422, (await desk.Confirm(first)).Status);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM picture WHERE published"));
    }

    /// <summary>Sends a file as a browser does.</summary>
    private static async Task<Seen> Send(Desk desk, string path, byte[] content, string name)
    {
        var form = await desk.Open(Root + path);
        Assert.Equal("multipart/form-data", form.Find("form.sheet").GetAttribute("enctype"));
        using var body = new MultipartFormDataContent();
        foreach (var field in form.Document.QuerySelectorAll("form.sheet input[type=hidden]")) body.Add(new StringContent(field.GetAttribute("value")!), field.GetAttribute("name")!);
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Add(file, "bild", name);
        using var response = await desk.Http.PostAsync(Root + path, body);
        var html = await response.Content.ReadAsStringAsync();
        return new Seen((int)response.StatusCode, Root + path, await new HtmlParser().ParseDocumentAsync(html), html, response);
    }

    [GeneratedRegex(@"^/dateien/logo\.[0-9a-f]{32}\.png$")]
    private static partial Regex Address();
}
