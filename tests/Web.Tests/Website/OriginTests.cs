using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;
using VetBooking.Web.Website;

namespace VetBooking.Tests.Website;

/// <summary>Which websites may show the booking: what can be named, and what that opens.</summary>
public sealed class OriginTests(PracticeFixture fixture)
{
    private const string Form = "/webseite/rahmen";

    [Theory]
    [InlineData("https://www.praxis.de", "https://www.praxis.de")]
    [InlineData("  HTTPS://WWW.Praxis.DE/  ", "https://www.praxis.de")]
    [InlineData("https://praxis.de:443", "https://praxis.de")]
    [InlineData("https://praxis.de:8443", "https://praxis.de:8443")]
    [InlineData("https://tierarzt-müller.de", "https://xn--tierarzt-mller-psb.de")]
    [InlineData("https://xn--tierarzt-mller-psb.de", "https://xn--tierarzt-mller-psb.de")]
    [InlineData("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("http://127.0.0.1:3000", "http://127.0.0.1:3000")]
    [InlineData("https://a.de\r\n\r\nhttps://b.de\nhttps://A.de/\n", "https://a.de https://b.de")]
    [InlineData("", "")]
    public void Origins_are_read_as_browsers_write_them(string typed, string origins)
    {
        var (read, problem) = AllowedOrigins.Read(typed);
        Assert.Null(problem);
        Assert.Equal(origins, string.Join(' ', read));
    }

    [Theory]
    [InlineData("javascript:alert(1)", "address")]
    [InlineData("javascript://praxis.de", "scheme")]
    [InlineData("http://evil.example", "scheme")]
    [InlineData("http://127.0.0.1.evil.example", "scheme")]
    [InlineData("ftp://praxis.de", "scheme")]
    [InlineData("https://a.b/path", "path")]
    [InlineData("https://a.de/path", "path")]
    [InlineData("https://a.de/?x=1", "path")]
    [InlineData("https://a.de/#x", "path")]
    [InlineData("https://a.de?", "path")]
    [InlineData("*.x.de", "wildcard")]
    [InlineData("https://*.x.de", "wildcard")]
    [InlineData("*", "wildcard")]
    [InlineData("https://user:pass@praxis.de", "user")]
    [InlineData("https://user@praxis.de", "user")]
    [InlineData("https://@praxis.de", "user")]
    [InlineData("praxis.de", "address")]
    [InlineData("null", "address")]
    [InlineData("'self'", "address")]
    [InlineData("https:", "address")]
    [InlineData("https://", "address")]
    [InlineData("https://de", "address")]
    [InlineData("https://192.168.1.1", "address")]
    [InlineData("https://[::1]", "address")]
    [InlineData("https://a.de; script-src *", "wildcard")]
    [InlineData("https://a.de; script-src x", "address")]
    [InlineData("https://a.de https://b.de", "address")]
    [InlineData("https://a.de,https://b.de", "address")]
    [InlineData("https://a_b.de", "address")]
    [InlineData("https://-a.de", "address")]
    [InlineData("https://a..de", "address")]
    [InlineData("https://a.de.", "address")]
    [InlineData("https://a%2ede", "address")]
    [InlineData("https:\\\\a.de", "address")]
    [InlineData("https://a.de\\", "address")]
    [InlineData("https://a.de:99999", "address")]
    public void Anything_else_is_refused_with_what_is_wrong(string typed, string kind)
    {
        var (read, problem) = AllowedOrigins.Read("https://fine.example\n" + typed);
        Assert.Empty(read);
        Assert.Equal(kind, problem?.Kind);
        Assert.Equal(typed, problem?.About);
    }

    [Fact]
    public void Twenty_are_enough()
    {
        Assert.Equal(20, AllowedOrigins.Read(Lines(20)).Origins.Length);
        Assert.Equal(new OriginProblem("many", "21"), AllowedOrigins.Read(Lines(21)).Problem);

        static string Lines(int count) => string.Join('\n', Enumerable.Range(1, count).Select(i => $"https://a{i}.example"));
    }

    [Fact]
    public async Task What_is_saved_is_what_headers_say_at_once_and_for_the_booking_only()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", await Policy(practice, "/buchen"));
        Assert.Contains("Noch darf keine Website", (await desk.Open(SettingSteps.Root + "/webseite")).Words, StringComparison.Ordinal);

        var saved = await desk.Set(Form, ("herkunft", "https://www.praxis.de/\r\nhttp://localhost:3000"));
        Assert.Contains("https://www.praxis.de", saved.Words, StringComparison.Ordinal);
        Assert.Equal("https://www.praxis.de\nhttp://localhost:3000", (await desk.Open(SettingSteps.Root + Form)).Value("#herkunft").ReplaceLineEndings("\n"));
        foreach (var path in (string[])["/buchen", "/buchen/impfung", "/buchen/zeit", "/buchen/kontakt", "/buchen/fertig/nichts", "/buchen/nichts"])
        {
            Assert.Equal(
                "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; script-src 'self'; frame-ancestors 'self' https://www.praxis.de http://localhost:3000",
                await Policy(practice, path));
        }
        foreach (var path in (string[])["/", "/impressum", "/termin/nichts", "/termin/nichts/absage", "/api/v1/practice", "/praxis/anmelden", "/praxis/tag", "/Buchen", "/buchenX", "/nichts", "/embed.js", "/health/live", "/kalender/x.ics"])
        {
            Assert.Contains("frame-ancestors 'none'", await Policy(practice, path), StringComparison.Ordinal);
            Assert.DoesNotContain("praxis.de", await Policy(practice, path), StringComparison.Ordinal);
        }
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'embedding.changed'"));
        Assert.Contains("Erlaubte Websites geändert", (await desk.Open("/praxis/protokoll")).Words, StringComparison.Ordinal);

        await desk.Set(Form, ("herkunft", ""));
        Assert.Contains("frame-ancestors 'none'", await Policy(practice, "/buchen"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example", "muss mit https:// beginnen: http://evil.example")]
    [InlineData("https://a.de/seite", "ohne das, was nach dem Namen kommt: https://a.de/seite")]
    [InlineData("https://*.a.de", "ohne Sternchen: https://*.a.de")]
    public async Task What_is_wrong_stands_at_the_field_with_what_was_typed(string typed, string sentence)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        var again = await desk.Preview(Form, ("herkunft", typed));
        Assert.Equal((422, typed), (again.Status, again.Value("#herkunft")));
        Assert.Contains(sentence, again.Find("#herkunft-fehler").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task The_database_itself_refuses_what_would_end_the_word_of_a_header()
    {
        await using var practice = await fixture.Start();
        foreach (var origin in (string[])["https://a.de; script-src *", "https://a.de https://b.de", "https://A.de", "*", "https://*.de", "javascript:x"])
        {
            Assert.ThrowsAny<Exception>(() => practice.Db.Execute("INSERT INTO embedding_origin (position, origin) VALUES (0, $origin)", ("$origin", origin)));
        }
    }

    private static async Task<string> Policy(RunningPractice practice, string path)
    {
        using var response = await practice.Http.GetAsync(path);
        Assert.False(response.Headers.Contains("X-Frame-Options"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        return Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
    }
}
