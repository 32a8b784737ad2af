using MimeKit;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using static VetBooking.Tests.Waiting.FullPractice;

namespace VetBooking.Tests.Waiting;

/// <summary>An owner who finds nothing puts themselves on the list, and off again.</summary>
public sealed class JoinTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Erika = [("name", "Erika Mustermann"), ("email", "erika@example.org"), ("telefon", "030 23125 001")];

    private static async Task<Seen> ToForm(RunningPractice practice, string language = "")
    {
        var times = await practice.Browser.ToTimes(language: language);
        return await practice.Browser.Open(times.Find("a[href^='/buchen/warteliste']").GetAttribute("href")!);
    }

    private static Task<Seen> Send(RunningPractice practice, Seen form, params (string, string)[] typed) => practice.Browser.Press(form, "form.body .row .btn", [.. Erika.Where(one => typed.All(other => other.Item1 != one.Item1)), .. typed]);

    [Fact]
    public async Task Joined_confirmed_by_mail_and_left_with_one_click()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var form = await ToForm(practice);
        Assert.Equal("Auf die Warteliste", form.Heading);
        var sent = await Send(practice, form, ("tage", "3"), ("zeiten", "midday"), ("bis", "2026-12-10"));
        Assert.Equal((200, "/buchen/warteliste/gesendet", "Bitte bestätigen Sie Ihren Eintrag"), (sent.Status, sent.Path, sent.Heading));
        Assert.DoesNotContain("erika", sent.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("unconfirmed", 0L), (practice.StateOf(1), practice.Db.Number("SELECT count(*) FROM owner WHERE email_key = 'erika@example.org'")));
        var mail = await practice.MailTo("erika@example.org");
        Assert.Equal("Bitte bestätigen: Warteliste", mail.Subject);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        var link = LinkIn(mail);
        Assert.EndsWith(link + "/ende>", mail.Headers[HeaderId.ListUnsubscribe], StringComparison.Ordinal);
        Assert.Equal("Auf die Warteliste setzen?", (await practice.Browser.Open(link)).Heading);
        Assert.Equal("unconfirmed", practice.StateOf(1));
        var confirmed = await practice.Browser.Press(await practice.Browser.Open(link), "form[action$='/bestaetigung'] button");
        Assert.Equal("Sie stehen auf der Warteliste", confirmed.Heading);
        Assert.Equal((4L, 2L, "2026-12-10"), practice.Db.Row("SELECT weekdays, day_parts, last_day FROM waiting WHERE state = 'waiting' AND owner_id IS NOT NULL", row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2))));
        await practice.FreeFor(1);
        var offer = await practice.MailTo("erika@example.org");
        using var click = await practice.Http.PostAsync(new Uri(offer.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')).AbsolutePath, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));
        Assert.Equal(200, (int)click.StatusCode);
        Assert.Equal(("ended left", "declined", 0L), (practice.StateOf(1), practice.OfferOf(1), practice.Count("kept_time")));
        Assert.Equal("Sie stehen nicht mehr auf der Warteliste", (await practice.Browser.Open(link)).Heading);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Nothing_about_the_answer_tells_whether_an_address_is_known_or_has_entries()
    {
        await using var practice = await fixture.Start();
        var known = practice.Db.Row("SELECT email FROM appointment WHERE state = 'booked' AND email <> ''", row => row.GetString(0))!;
        var answers = new List<string>();
        foreach (var email in (string[])[known, "stranger@example.org", "stranger@example.org", "stranger@example.org", "stranger@example.org", "stranger@example.org"])
        {
            var sent = await Send(practice, await ToForm(practice), ("email", email));
            answers.Add($"{sent.Status} {sent.Url} {sent.Html}");
        }
        Assert.Single(answers.Distinct());
        Assert.Equal(3, practice.Db.Number("SELECT count(*) FROM waiting WHERE email_key = 'stranger@example.org'"));
        Assert.Equal(3, practice.Db.Number("SELECT count(*) FROM outbox o JOIN waiting w ON w.id = o.waiting_id WHERE w.email_key = 'stranger@example.org'"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM owner WHERE email_key = 'stranger@example.org'"));
    }

    [Fact]
    public async Task Sent_twice_it_is_one_entry_and_unconfirmed_it_is_gone_after_a_day()
    {
        await using var practice = await fixture.Start();
        var form = await ToForm(practice);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Send(practice, form)));
        Assert.Equal(1, practice.Count("waiting"));
        var link = LinkIn(await practice.MailTo("erika@example.org"));
        practice.Clock.Advance(Duration.FromHours(24));
        Assert.Equal(404, (await practice.Browser.Open(link)).Status);
        Assert.Equal(404, (await practice.Browser.Post(link + "/bestaetigung", [])).Status);
        await practice.Look();
        Assert.Equal((0L, 0L), (practice.Count("waiting"), practice.Count("waiting_animal")));
    }

    [Theory]
    [InlineData("name", "", "#name")]
    [InlineData("name", "\u202Eböse", "#name")]
    [InlineData("email", "keine", "#email")]
    [InlineData("email", "a@example.org\r\nBcc: b@example.org", "#email")]
    [InlineData("telefon", "abc", "#telefon")]
    [InlineData("von", "gestern", "#von")]
    [InlineData("bis", "2026-11-01", "#bis")]
    [InlineData("bis", "2099-01-01", "#bis")]
    [InlineData("bis", "0001-01-01", "#bis")]
    [InlineData("bei", "tfa-ruiz", "#bei")]
    [InlineData("bei", "'; DROP TABLE waiting; --", "#bei")]
    [InlineData("website", "https://example.org", "#website")]
    public async Task What_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(string field, string value, string control)
    {
        await using var practice = await fixture.Start();
        var again = await Send(practice, await ToForm(practice), (field, value), ("tage", "3"));
        Assert.Equal(422, again.Status);
        Assert.StartsWith("Fehler: ", again.Title, StringComparison.Ordinal);
        Assert.Contains(again.Document.QuerySelectorAll(".err a"), link => link.GetAttribute("href") == control);
        Assert.Empty(again.DeadErrorLinks);
        Assert.NotNull(again.Document.QuerySelector("input[name=tage][value='3'][checked]"));
        if (field != "email") Assert.Equal("erika@example.org", again.Value("#email"));
        Assert.Equal(0, practice.Count("waiting"));
    }

    [Fact]
    public async Task Made_up_links_open_nothing_and_the_form_wants_what_comes_before_it()
    {
        await using var practice = await fixture.Start();
        foreach (var token in (string[])["x", new string('A', 43), "..%2F..%2Fx", new string('A', 3000)])
        {
            Assert.Equal(404, (await practice.Browser.Open("/warteliste/" + token)).Status);
            foreach (var act in (string[])["bestaetigung", "annahme", "ablehnung", "weiter", "ende"]) Assert.Equal(404, (await practice.Browser.Post($"/warteliste/{token}/{act}", [("List-Unsubscribe", "One-Click")])).Status);
        }
        Assert.Equal("/buchen", (await practice.Browser.Open("/buchen/warteliste")).Path);
        Assert.Equal("/buchen", (await practice.Browser.Post("/buchen/warteliste", Erika)).Path);
    }

    [Fact]
    public async Task A_practice_that_wants_no_entries_by_owners_shows_no_way_to_the_list()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var form = await ToForm(practice);
        await Setup.SettingSteps.Set(desk, "/warteliste", ("offen", ""), ("zugleich", "2"), ("minuten", "60"), ("stunden", "6"), ("eintraege", "1"));
        Assert.Equal("0 2 60 6 1", practice.Db.Row("SELECT open || ' ' || offers || ' ' || hold_minutes || ' ' || near_hours || ' ' || most_entries FROM waiting_rules", row => row.GetString(0)));
        Assert.Null((await practice.Browser.ToTimes()).Document.QuerySelector("a[href^='/buchen/warteliste']"));
        Assert.Equal("/buchen/zeit", (await Send(practice, form)).Path);
        Assert.Equal(0, practice.Count("waiting"));
        Assert.Equal(422, (await desk.Browser.Press(await desk.Open("/praxis/einstellungen/warteliste"), "form.sheet .btn", ("zugleich", "6"))).Status);
    }
}
