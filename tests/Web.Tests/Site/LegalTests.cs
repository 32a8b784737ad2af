using System.Net;
using System.Text.Json;

namespace VetBooking.Tests.Site;

public sealed class LegalTests
{
    private const string MondayMorning = "2026-11-23T09:00:00Z";

    private static readonly string[] Pages = ["/", "/impressum", "/datenschutz", "/barrierefreiheit", "/buchen"];

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public async Task The_legal_notice_has_all_that_the_law_wants(string language)
    {
        await using var practice = await SitePractice.Demo(MondayMorning);
        var notice = await practice.Read("/impressum", language);
        var (profile, legal) = (practice.Book.Profile, practice.Book.Profile.Legal);
        foreach (var wanted in (string[])
            [
                profile.Name, profile.Street, profile.Postcode, profile.City, profile.Phone, profile.Email, legal.Owners, legal.LegalForm,
                legal.Chamber, legal.JobTitle, legal.TitleState, legal.ProfessionalCode, legal.VatId, legal.Supervisor,
            ]) Assert.Contains(wanted, notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_privacy_notice_says_who_what_why_how_long_and_which_rights()
    {
        await using var practice = await SitePractice.Demo(MondayMorning, "UPDATE practice SET hold_minutes = 45");
        var notice = await practice.Read("/datenschutz");
        foreach (var said in (string[])
            [
                "Tierarztpraxis am Park", "termin@praxis-am-park.example", "Art. 6 Abs. 1 Buchst. b", "45 Minuten", "jederzeit auf Ihren Wunsch",
                "Art. 28", "keine Cookies", "Datenschutzbehörde", "Art. 15", "Art. 17", "Art. 21", "verschlüsselt",
            ]) Assert.Contains(said, notice, StringComparison.Ordinal);
        Assert.Contains("Art. 6(1)(b) GDPR", await practice.Read("/datenschutz", "en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "Was noch nicht geht")]
    [InlineData("en", "What does not work yet")]
    public async Task The_accessibility_statement_names_aim_limits_and_authority(string language, string limits)
    {
        await using var practice = await SitePractice.Demo(MondayMorning);
        var statement = await practice.Read("/barrierefreiheit", language);
        foreach (var said in (string[])["WCAG", "2.2", limits, "Marktüberwachungsstelle der Länder", "termin@praxis-am-park.example", "2026"])
        {
            Assert.Contains(said, statement, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/buchen")]
    [InlineData("/buchen/impfung")]
    [InlineData("/sitemap.xml")]
    public async Task A_practice_without_a_legal_notice_is_closed_and_says_what_is_missing(string path)
    {
        await using var practice = await SitePractice.Empty();
        var answer = await practice.Get(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        var page = await practice.Read(path);
        foreach (var said in (string[])
            [
                "Diese Praxis ist noch nicht online", "noindex", "Straße und Hausnummer", "Postleitzahl", "Ort", "Telefonnummer",
                "Inhaberinnen und Inhaber", "Tierärztekammer", "Berufsordnung",
            ]) Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<li>Name der Praxis", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_missing_column_has_words_in_both_languages()
    {
        await using var practice = await SitePractice.Empty("UPDATE practice SET name = '', email = '', job_title = ''");
        Assert.Equal(11, practice.Book.Profile.Missing.Length);
        var (german, english) = (await practice.Read("/"), await practice.Read("/", "en"));
        foreach (var column in practice.Book.Profile.Missing.Select(column => column.Replace('_', '-')))
        {
            Assert.DoesNotContain($"<li>{column}</li>", german, StringComparison.Ordinal);
            // In English some columns are called what they are.
            Assert.True(!english.Contains($"<li>{column}</li>", StringComparison.Ordinal) || column is "postcode" or "owners");
        }
    }

    [Fact]
    public async Task The_API_names_the_missing_columns()
    {
        await using var practice = await SitePractice.Empty();
        var answer = await practice.Get("/api/v1/slots?visitType=impfung&species=dog");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("not-public", problem.RootElement.GetProperty("type").GetString());
        Assert.Equal(practice.Book.Profile.Missing, problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task The_legal_pages_show_what_there_is_already()
    {
        await using var practice = await SitePractice.Empty();
        foreach (var path in (string[])["/impressum", "/datenschutz", "/barrierefreiheit"])
        {
            Assert.Equal(HttpStatusCode.OK, (await practice.Get(path)).StatusCode);
            Assert.Contains("neu@praxis.example", await practice.Read(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Once_complete_the_practice_opens()
    {
        await using var practice = await SitePractice.Empty(
            """
            UPDATE practice SET street = 'Weg 1', postcode = '12345', city = 'Ort', phone = '030 1', owners = 'A', chamber = 'B', title_state = 'C', professional_code = 'D'
            """);
        Assert.Contains("Wann wir da sind, sagen wir Ihnen am Telefon", await practice.Read("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_practice_writes_stays_text()
    {
        const string Hostile = "\"''><script>alert(1)</script><img src=x onerror=alert(1)>\\u003c/script>";
        var sql = Hostile.Replace("'", "''", StringComparison.Ordinal);
        await using var practice = await SitePractice.Demo(MondayMorning,
            $"""
            UPDATE practice SET name = '{sql}', street = '{sql}', postcode = '{sql}', city = '{sql}', email = '{sql}', phone = '{sql}', owners = '{sql}', legal_form = '{sql}',
              chamber = '{sql}', job_title = '{sql}', title_state = '{sql}', professional_code = '{sql}', vat_id = '{sql}', supervisor = '{sql}';
            UPDATE practice_text SET text = '{sql}';
            UPDATE visit_type_text SET name = '{sql}', hint = '{sql}';
            UPDATE resource SET name = '{sql}', role = '{sql}';
            UPDATE red_flag_text SET text = '{sql}';
            INSERT INTO species (id, position, treated) VALUES ('{sql}', 99, 1);
            UPDATE closure SET reason = '{sql}', substitute = '{sql}';
            INSERT INTO closure (first_day, last_day, reason, substitute) VALUES ('2026-11-23', '2026-11-23', '{sql}', '{sql}');
            """);
        foreach (var path in Pages)
        {
            var answer = await practice.Get(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Contains("alert(1)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\"''>", page, StringComparison.Ordinal);
        }
    }
}
