using System.Text.RegularExpressions;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Erasure;

namespace VetBooking.Tests.Sovereignty;

/// <summary>"My data": nobody learns who is known, a code is good once and not for long, and nobody sees anybody else's.</summary>
public sealed partial class OwnDataTests(PracticeFixture fixture)
{
    /// <summary>Kim (1) with one visit in the past, Uli (2) with one to come, and Pat (3) and Jo (4) who share an address.</summary>
    internal const string Rows = """
        DELETE FROM appointment; DELETE FROM animal; DELETE FROM owner;
        INSERT INTO owner (id, name, email, email_key, phone, street, postcode, city, note, created_at) VALUES
          (1, 'Kim Vogel', 'kim@example.com', 'kim@example.com', '030 111111', 'Allee 1', '10115', 'Berlin', 'Kennt Uli Amsel', 0),
          (2, 'Uli Amsel', 'uli@example.com', 'uli@example.com', '030 222222', '', '', '', '', 0),
          (3, 'Pat Fink', 'fink@example.com', 'fink@example.com', '', '', '', '', '', 0), (4, 'Jo Fink', 'fink@example.com', 'fink@example.com', '', '', '', '', '', 0);
        INSERT INTO animal (id, owner_id, name, species_id) VALUES (1, 1, 'Balu', 'dog'), (2, 2, 'Mimi', 'cat');
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, owner_id, name, email, email_key, note, staff_note, created_at) VALUES
          (901, 'AAA-901', 'impfung', 'booked', unixepoch('2026-11-10 08:00'), '2026-11-10T09:00', 30, 'weber', 'de', 1, 'Kim Vogel', 'kim@example.com', 'kim@example.com', '=1+1', 'streng vertraulich', 0),
          (902, 'AAA-902', 'impfung', 'booked', unixepoch('2026-11-26 08:00'), '2026-11-26T09:00', 30, 'weber', 'de', 2, 'Uli Amsel', 'uli@example.com', 'uli@example.com', '', '', 0);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) VALUES (901, 0, 'Balu', 'dog'), (902, 0, 'Mimi', 'cat');
        INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT 'weber', starts_at, starts_at + 1800, id FROM appointment;
        """;

    private static readonly Wanted Known = new() { Sql = Rows };

    [Fact]
    public async Task The_answer_is_the_same_whatever_is_known_and_only_who_is_known_gets_a_mail()
    {
        await using var practice = await fixture.Start(Known);
        var answers = new List<(int, string, string)>();
        foreach (var email in (string[])["kim@example.com", "niemand@example.com", "fink@example.com"])
        {
            var before = practice.Count("audit");
            var seen = await practice.Browser.Post("/meine-daten", [("email", email)]);
            answers.Add((seen.Status, seen.Url, seen.Html));
            Assert.Equal(before + 1, practice.Count("audit"));
        }
        Assert.Single(answers.Distinct());
        Assert.Equal(2, practice.Count("outbox WHERE kind = 'own-data'"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM own_data WHERE email_key = 'niemand@example.com'"));
        Assert.DoesNotContain("example.com", string.Join(' ', practice.Db.Rows("SELECT act || object || detail FROM audit", row => row.GetString(0))), StringComparison.Ordinal);
        Assert.Equal(422, (await practice.Browser.Post("/meine-daten", [("email", "kein")])).Status);
    }

    [Fact]
    public async Task Looking_at_the_mailed_link_uses_nothing_up_and_pressing_its_button_does()
    {
        await using var practice = await fixture.Start(Known);
        var code = await Code(practice, "kim@example.com");
        var digest = await practice.Digest();
        var ask = await practice.Browser.Open(code);
        Assert.DoesNotContain("Vogel", ask.Html, StringComparison.Ordinal);
        Assert.Equal(digest, await practice.Digest());
        var page = await practice.Browser.Press(ask, "main form .btn");
        Assert.Contains("Kim Vogel", page.Html, StringComparison.Ordinal);
        Assert.Contains("Balu", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("vertraulich", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Amsel", page.Html, StringComparison.Ordinal);
        Assert.False(page.Response.Headers.Contains("Set-Cookie"));
        Assert.Equal((404, 404), ((await practice.Browser.Open(code)).Status, (await practice.Browser.Post(code, [])).Status));
        // What the database holds opens nothing.
        Assert.DoesNotContain(practice.Db.Rows("SELECT hex(coalesce(token_hash, code_hash)) FROM own_data", row => row.GetString(0)), hash => page.Url.Contains(hash, StringComparison.OrdinalIgnoreCase));
        await practice.Browser.Press(page, "form[action$=ende] .btn");
        Assert.Equal(404, (await practice.Browser.Open(page.Path)).Status);
    }

    [Fact]
    public async Task A_code_is_good_for_an_hour_and_the_page_for_half_of_one()
    {
        await using var practice = await fixture.Start(Known);
        var late = await Code(practice, "kim@example.com");
        practice.Clock.Advance(Duration.FromMinutes(61));
        Assert.Equal((404, 404), ((await practice.Browser.Open(late)).Status, (await practice.Browser.Post(late, [])).Status));
        var page = await Opened(practice, "kim@example.com");
        practice.Clock.Advance(Duration.FromMinutes(31));
        Assert.Equal(404, (await practice.Browser.Open(page.Path)).Status);
        foreach (var act in (string[])["berichtigung", "datei", "erinnern", "loeschung"]) Assert.Equal(404, (await practice.Browser.Post($"{page.Path}/{act}", [("sicher", "1")])).Status);
        Assert.Equal(4, practice.Count("owner"));
    }

    [Fact]
    public async Task A_code_of_somebody_else_shows_somebody_else_and_an_address_that_changed_shows_nothing()
    {
        await using var practice = await fixture.Start(Known);
        var uli = await Opened(practice, "uli@example.com");
        Assert.DoesNotContain("Vogel", uli.Html, StringComparison.Ordinal);
        var code = await Code(practice, "kim@example.com");
        // A code is no page, and a page no code.
        Assert.Equal(404, (await practice.Browser.Open(code.Replace("/code/", "/offen/", StringComparison.Ordinal))).Status);
        Assert.Equal(404, (await practice.Browser.Open(uli.Path.Replace("/offen/", "/code/", StringComparison.Ordinal))).Status);
        practice.Db.Execute("UPDATE owner SET email = 'neu@example.com', email_key = 'neu@example.com' WHERE id = 1; UPDATE appointment SET email_key = 'neu@example.com' WHERE id = 901");
        var opened = await practice.Browser.Press(await practice.Browser.Open(code), "main form .btn");
        Assert.Equal(404, opened.Status);
    }

    [Fact]
    public async Task An_address_that_several_have_shows_none_of_them()
    {
        await using var practice = await fixture.Start(Known);
        var page = await Opened(practice, "fink@example.com");
        Assert.Contains("Mehrere unserer Kunden", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Fink", page.Html, StringComparison.Ordinal);
        foreach (var act in (string[])["berichtigung", "datei", "erinnern", "loeschung"]) Assert.Equal(404, (await practice.Browser.Post($"{page.Path}/{act}", [("sicher", "1"), ("name", "Ich")])).Status);
        Assert.Equal(4, practice.Count("owner"));
    }

    [Fact]
    public async Task One_address_gets_three_mails_an_hour_and_one_place_asks_so_often()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows, Limits = new LimitSettings { TriesPerBlockAndHour = 5 } });
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++) statuses.Add((await practice.Browser.Post("/meine-daten", [("email", "kim@example.com")])).Status);
        Assert.Equal([200, 200, 200, 200, 200, 429], statuses);
        Assert.Equal(3, practice.Count("outbox WHERE kind = 'own-data'"));
    }

    [Fact]
    public async Task A_correction_waits_for_the_practice_which_sees_the_difference()
    {
        await using var practice = await fixture.Start(Known);
        var page = await Opened(practice, "kim@example.com");
        var wrong = await practice.Browser.Press(page, "form[action$=berichtigung] button", ("email", "kein"), ("city", "Potsdam"));
        Assert.Equal((422, "Potsdam"), (wrong.Status, wrong.Value("#city")));
        Assert.Empty(wrong.DeadErrorLinks);
        await practice.Browser.Press(wrong, "form[action$=berichtigung] button", ("email", "kim@example.com"), ("city", "Potsdam"), ("more", "Balu ist ein Pudel"));
        Assert.Equal("Berlin", practice.Db.Row("SELECT city FROM owner WHERE id = 1", row => row.GetString(0)));

        using var desk = await practice.SignedIn();
        Assert.Contains("Kim Vogel", (await desk.Open("/praxis/anfragen")).Words, StringComparison.Ordinal);
        var client = await desk.Open("/praxis/kunden/1");
        Assert.Contains("Balu ist ein Pudel", client.Words, StringComparison.Ordinal);
        Assert.Equal(["Ort", "Berlin", "Potsdam"], client.Document.QuerySelectorAll("section[aria-labelledby^=wunsch] tbody > tr > *").Select(cell => cell.TextContent));
        await desk.Browser.Press(client, "button[name=wie][value=ja]", ("antwort-1", "Wie lange schon?"));
        using (var mail = await practice.Mail())
        {
            Assert.Equal("kim@example.com", mail.To.Mailboxes.Single().Address);
            Assert.Contains("erledigt", mail.TextBody, StringComparison.Ordinal);
            Assert.Contains("Nachricht der Praxis: Wie lange schon?", mail.TextBody, StringComparison.Ordinal);
            Assert.DoesNotContain("Art. 77", mail.TextBody, StringComparison.Ordinal);
        }
        Assert.Equal("Potsdam 030 111111 kim@example.com", practice.Db.Row("SELECT city || ' ' || phone || ' ' || email FROM owner WHERE id = 1", row => row.GetString(0)));
        Assert.Contains("erledigt", (await practice.Browser.Open(page.Path)).Words, StringComparison.Ordinal);
        // Of somebody else's page the number of a request decides nothing.
        Assert.Equal(404, (await desk.Post("/praxis/kunden/2/wunsch/1", ("wie", "ja"))).Status);
    }

    [Fact]
    public async Task Who_has_nothing_ahead_is_erased_at_once_and_the_page_is_gone_with_them()
    {
        await using var practice = await fixture.Start(Known);
        var page = await Opened(practice, "kim@example.com");
        var unsure = await practice.Browser.Press(page, "form[action$=loeschung] button");
        Assert.Equal((422, 4L), (unsure.Status, practice.Count("owner")));
        var done = await practice.Browser.Press(unsure, "form[action$=loeschung] button", ("sicher", "1"));
        Assert.Contains("gelöscht", done.Heading, StringComparison.Ordinal);
        Assert.Equal([2L, 3L, 4L], practice.Db.Rows("SELECT id FROM owner ORDER BY id", row => row.GetInt64(0)));
        Assert.Equal((0L, 0L), (practice.Count("own_data"), practice.Count("outbox WHERE kind = 'own-data'")));
        Assert.Equal(404, (await practice.Browser.Open(page.Path)).Status);
        Assert.Single(ErasureJournal.Of(practice.Folder)!.Entries);
        Assert.Empty(practice.Problems());
    }

    [Theory]
    [InlineData("uli@example.com", "SELECT 1", 2)]
    [InlineData("kim@example.com", "INSERT INTO legal_hold (owner_id, reason, until, set_at) VALUES (1, 'offen', '2026-12-31', 0)", 1)]
    public async Task With_appointments_ahead_or_a_hold_the_practice_is_asked(string email, string sql, long owner)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows + sql });
        var page = await Opened(practice, email);
        var after = await practice.Browser.Press(page, "form[action$=loeschung] button", ("sicher", "1"));
        Assert.Contains("liegt bei der Praxis", after.Words, StringComparison.Ordinal);
        Assert.Equal(4, practice.Count("owner"));
        Assert.Equal($"{owner} erasure open", practice.Db.Row("SELECT owner_id || ' ' || kind || ' ' || state FROM data_request", row => row.GetString(0)));
        using var desk = await practice.SignedIn();
        Assert.Equal(403, (await desk.Post($"/praxis/kunden/{owner}/wunsch/1", ("wie", "nein"), ("antwort-1", "Nein"))).Status);
        // A no without a reason is none, and what was typed stays.
        using var chief = await practice.SignedIn(Role.Administrator);
        var silent = await chief.Browser.Press(await chief.Open($"/praxis/kunden/{owner}"), "button[name=wie][value=nein]");
        Assert.Equal((422, "#antwort-1", "Schreiben Sie, warum Sie ablehnen"), (silent.Status, silent.Find(".err a").GetAttribute("href"), silent.Find(".err a").TextContent));
        var loud = await chief.Browser.Press(silent, "button[name=wie][value=nein]", ("antwort-1", new string('x', 601)));
        Assert.Equal((422, new string('x', 601)), (loud.Status, loud.Value("#antwort-1")));
        Assert.Equal(1, practice.Count("data_request WHERE state = 'open'"));
        await chief.Browser.Press(loud, "button[name=wie][value=nein]", ("antwort-1", "Die Rechnung ist noch offen."));
        var told = await practice.Browser.Open(page.Path);
        Assert.Contains("abgelehnt", told.Words, StringComparison.Ordinal);
        Assert.Contains("Die Rechnung ist noch offen.", told.Words, StringComparison.Ordinal);
        // A page from before, sent without a reason, finds that it is decided.
        var late = await chief.Browser.Press(loud, "button[name=wie][value=nein]", ("antwort-1", ""));
        Assert.Equal((200, 1L), (late.Status, practice.Count("data_request WHERE state = 'declined'")));
        using var mail = await practice.Mail();
        Assert.Equal(email, mail.To.Mailboxes.Single().Address);
        Assert.Contains("Die Rechnung ist noch offen.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Art. 77", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_is_given_and_withdrawn_there()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = Rows + "INSERT INTO recall_rule (id, position, species_id, what, interval_months, confirmed_at) VALUES ('rabies', 1, 'dog', 'vaccination', 12, 1); INSERT INTO recall_rule_text VALUES ('rabies', 'de', 'Tollwut');",
        });
        var page = await practice.Browser.Press(await Opened(practice, "kim@example.com"), "form[action$=erinnern] button");
        Assert.Equal("given link", practice.Db.Row("SELECT act || ' ' || how FROM consent", row => row.GetString(0)));
        await practice.Browser.Press(page, "form[action$=erinnern] button");
        Assert.Equal(0, practice.Count("consenting"));
    }

    internal static async Task<string> Code(RunningPractice practice, string email)
    {
        await practice.Browser.Post("/meine-daten", [("email", email)]);
        using var mail = await practice.Mail();
        Assert.Equal(email, mail.To.Mailboxes.Single().Address);
        return new Uri(Link().Match(mail.TextBody!).Value).PathAndQuery;
    }

    internal static async Task<Seen> Opened(RunningPractice practice, string email) =>
        await practice.Browser.Press(await practice.Browser.Open(await Code(practice, email)), "main form .btn");

    [GeneratedRegex(@"https?://\S+/meine-daten/code/\S+")]
    private static partial Regex Link();
}
