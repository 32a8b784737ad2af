using System.Buffers.Text;
using System.Text;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Booking;

namespace VetBooking.Tests.Link;

/// <summary>What a link gives away, and what it does not.</summary>
public sealed class TokenTests(PracticeFixture fixture)
{
    private static readonly string[] Below = ["", "/kalender.ics", "/absage", "/verschiebung"];
    private static readonly string[] Acts = ["/bestaetigung", "/absage", "/absage/rueckgaengig", "/verschiebung"];

    [Fact]
    public async Task Looking_changes_nothing_however_often_and_by_whatever_method()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung");
        var link = await practice.LinkTo(held.Number);
        var before = await practice.Digest();
        foreach (var method in (string[])["GET", "HEAD", "OPTIONS", "GET"])
        {
            foreach (var path in Below.Concat(Acts))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), link + path);
                request.Headers.Add("Purpose", "prefetch");
                request.Headers.Add("X-HTTP-Method-Override", "POST");
                using var response = await practice.Http.SendAsync(request);
                Assert.True((int)response.StatusCode is 200 or 404 or 405, $"{method} {path}");
            }
        }
        for (var i = 0; i < 100; i++) Assert.Equal(200, (await practice.Browser.Open(link)).Status);
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task Links_that_open_nothing_all_look_the_same()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung");
        var receipt = await Receipt(practice);
        var expired = await practice.LinkTo(held.Number);
        practice.Db.Execute("UPDATE link SET expires_at = 1 WHERE appointment_id = (SELECT id FROM appointment WHERE number = $number)", ("$number", held.Number));
        string[] dead = [expired, "/termin/" + receipt, "/termin/" + Base64Url.EncodeToString(new byte[32]), "/termin/x", "/termin/%F0%9F%90%95", "/termin/' OR 1=1 --", "/termin/" + new string('A', 5000)];
        var before = await practice.Digest();
        var answers = new HashSet<string>();
        foreach (var link in dead)
        {
            foreach (var path in Below) answers.Add(await Answer(await practice.Http.GetAsync(link + path), link));
            foreach (var path in Acts)
            {
                using var form = new FormUrlEncodedContent([KeyValuePair.Create("zeit", "2026-12-01T09:10:00+01:00 weber")]);
                answers.Add(await Answer(await practice.Http.PostAsync(link + path, form), link));
            }
        }
        Assert.All(answers, answer => Assert.StartsWith("404", answer, StringComparison.Ordinal));
        Assert.Single(answers);
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task The_receipt_shows_and_nothing_more()
    {
        await using var practice = await fixture.Start();
        var receipt = await Receipt(practice);
        foreach (var act in Acts)
        {
            using var response = await practice.Http.PostAsync($"/termin/{receipt}{act}", null);
            Assert.NotEqual(303, (int)response.StatusCode);
        }
        Assert.Equal("held", practice.Db.Row("SELECT state FROM appointment WHERE id = (SELECT appointment_id FROM answered)", row => row.GetString(0)));
        Assert.Empty((await practice.Browser.Open("/buchen/fertig/" + receipt)).Document.QuerySelectorAll("main form, main a[href^='/termin']"));
        // Nor does a mailed link open the receipt.
        Assert.Equal(404, (await practice.Browser.Open("/buchen/fertig/" + (await practice.MailedLink())["/termin/".Length..])).Status);
    }

    [Fact]
    public async Task Old_links_do_no_harm_whatever_became_of_the_appointment()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung", more: "&from=2026-12-01&vet=weber");
        var (old, receipt) = (await practice.LinkTo(held.Number), await Receipt(practice));
        var other = await practice.LinkTo(held.Number);
        Func<Task>[] later =
        [
            () => Post(practice, other + "/bestaetigung"),
            () => Post(practice, other + "/absage"),
            () => { practice.Clock.Advance(Duration.FromMinutes(16)); return Task.CompletedTask; },
        ];
        string[] harmless = ["booked", "cancelled", "cancelled"];
        for (var i = 0; i < later.Length; i++)
        {
            await later[i]();
            await Post(practice, old + "/bestaetigung");
            await Post(practice, "/termin/" + receipt + "/absage");
            Assert.Equal(harmless[i], practice.Of(held.Number, "state"));
        }
        await Post(practice, old + "/absage/rueckgaengig");
        await Post(practice, old + "/verschiebung", ("zeit", "2026-12-03T09:00:00+01:00 weber"));
        await Post(practice, old + "/bestaetigung");
        Assert.Equal(("cancelled", 0, "2"), (practice.Of(held.Number, "state"), practice.Taken(held.Number), practice.Of(held.Number, "revision")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_link_ends_a_day_after_the_visit()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung", more: "&from=2026-12-01&days=1");
        var link = await practice.LinkTo(held.Number);
        await Post(practice, link + "/bestaetigung");
        var end = Instant.FromUnixTimeSeconds(long.Parse(practice.Of(held.Number, "starts_at + minutes * 60")!, System.Globalization.CultureInfo.InvariantCulture));
        practice.Clock.Set(end + Duration.FromHours(24) - Duration.FromSeconds(1));
        Assert.Equal((200, "Dieser Termin war"), (await practice.Browser.Open(link)) is var page ? (page.Status, page.Heading) : default);
        practice.Clock.Advance(Duration.FromSeconds(1));
        Assert.Equal(404, (await practice.Browser.Open(link)).Status);
    }

    [Fact]
    public async Task The_database_knows_no_token()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung");
        var token = (await practice.LinkTo(held.Number))["/termin/".Length..];
        var mailed = (await practice.MailedLink())["/termin/".Length..];
        var receipt = await Receipt(practice);
        await Post(practice, "/termin/" + token + "/bestaetigung");
        await practice.MailIsOut();
        Assert.All(new[] { token, mailed, receipt }, one => Assert.Equal(32, Base64Url.DecodeFromChars(one).Length));
        Assert.Equal(practice.Count("link"), practice.Db.Number("SELECT count(DISTINCT token_hash) FROM link WHERE length(token_hash) = 32"));
        foreach (var file in Directory.GetFiles(practice.Folder.Path, "practice.db*"))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[open.Length];
            await open.ReadExactlyAsync(bytes);
            foreach (var one in (string[])[token, mailed, receipt])
            {
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(one)));
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Base64Url.DecodeFromChars(one)));
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexString(Base64Url.DecodeFromChars(one)))));
            }
        }
    }

    [Fact]
    public async Task Tokens_are_random_in_every_bit()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung");
        var id = practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", held.Number));
        var tokens = await practice.Writer.Write(change => Enumerable.Range(0, 1000).Select(_ => AppointmentLink.Create(change, id, LinkPurpose.Manage)).ToList());
        Assert.Equal(1000, tokens.Distinct().Count());
        var bytes = tokens.Select(token => Base64Url.DecodeFromChars(token)).ToList();
        for (var bit = 0; bit < 256; bit++)
        {
            // Six standard deviations around one half.
            Assert.InRange(bytes.Count(one => (one[bit / 8] >> (bit % 8) & 1) == 1), 405, 595);
        }
    }

    private static async Task<string> Receipt(RunningPractice practice) =>
        (await practice.Browser.Book(await practice.Browser.ToContact())).Path["/buchen/fertig/".Length..];

    private static async Task<string> Answer(HttpResponseMessage response, string link)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
            var path = response.RequestMessage!.RequestUri!.AbsolutePath;
            var body = await response.Content.ReadAsStringAsync();
            // The page in the other language is the same address again; that is all it may know of the link.
            body = System.Text.RegularExpressions.Regex.Replace(body, "href=\"/termin/[^\"]*\"", "href=\"?\"");
            return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{body.Replace(path, "", StringComparison.Ordinal).Replace(link, "", StringComparison.Ordinal)}";
        }
    }

    private static async Task Post(RunningPractice practice, string url, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await practice.Http.PostAsync(url, content);
        Assert.True((int)response.StatusCode is 303 or 404 or 422, url);
    }
}
