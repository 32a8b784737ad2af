using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.FrontDesk;

/// <summary>An appointment while somebody is on the phone.</summary>
public sealed class PhoneTests(PracticeFixture fixture)
{
    private const string Caller = """
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES (9001, 'Ünal Müßiggänger', 'u@example.org', 'u@example.org', '0171 3920011', 1);
        INSERT INTO animal (id, owner_id, name, species_id) VALUES (9001, 9001, 'Schnüffel', 'dog'), (9002, 9001, 'Zwetschge', 'cat');
        """;

    private static readonly (string, string)[] Stranger =
        [("name", "Nora Neu"), ("telefon", "030 23125 888"), ("tiername", "Fips"), ("tierart", "rabbit"), ("art", "impfung"), ("notiz", "Kommt mit Box.")];

    private static string? Newest(RunningPractice practice, string column) =>
        practice.Db.Row($"SELECT CAST({column} AS TEXT) FROM appointment WHERE id = (SELECT max(id) FROM appointment)", row => row.IsDBNull(0) ? null : row.GetString(0));

    [Fact]
    public async Task For_a_known_owner_all_is_ready_and_one_button_books()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/neu?owner=9001");
        Assert.Equal("9001", Assert.Single(page.Document.QuerySelectorAll("input[name=tier][checked]")).GetAttribute("value"));
        Assert.Equal("kontrolle", page.Find("#art option[selected]").GetAttribute("value"));
        Assert.NotNull(page.Find("input[name=zeit][checked]"));
        Assert.Equal("buchen", page.Find("form.phone button").GetAttribute("value"));
        var before = practice.Count("appointment");
        var done = await desk.Browser.Press(page, "#buchen");
        Assert.StartsWith("/praxis/neu/", done.Url, StringComparison.Ordinal);
        Assert.Contains("Der Termin ist gebucht", done.Words, StringComparison.Ordinal);
        Assert.Contains(Newest(practice, "number")!, done.Words, StringComparison.Ordinal);
        Assert.Equal(before + 1, practice.Count("appointment"));
        Assert.Equal(("booked", "9001", "kontrolle"), (Newest(practice, "state"), Newest(practice, "owner_id"), Newest(practice, "visit_type_id")));
        Assert.Equal(9001, practice.Db.Number("SELECT animal_id FROM appointment_animal WHERE appointment_id = (SELECT max(id) FROM appointment)"));
        // Nobody ticked that a mail be sent.
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM outbox WHERE appointment_id = (SELECT max(id) FROM appointment)"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task The_same_form_sent_twice_books_once_and_a_ticked_mail_is_sent()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/neu?owner=9001");
        var first = await desk.Browser.Press(page, "#buchen", ("mail", "1"));
        var count = practice.Count("appointment");
        Assert.Equal(first.Url, (await desk.Browser.Press(page, "#buchen", ("mail", "1"))).Url);
        Assert.Equal(count, practice.Count("appointment"));
        await practice.MailIsOut();
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM outbox WHERE kind = 'confirmed' AND state = 'sent' AND appointment_id = (SELECT max(id) FROM appointment)"));
    }

    [Fact]
    public async Task Somebody_new_goes_on_record_with_the_booking_and_needs_no_mail_address()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var times = await desk.Browser.Press(await desk.Open("/praxis/neu"), "button[value=zeiten]", Stranger);
        Assert.Equal((200, "Nora Neu", "Fips", "Kommt mit Box."), (times.Status, times.Value("#name"), times.Value("#tiername"), times.Value("#notiz")));
        var done = await desk.Browser.Press(times, "#buchen", [.. Stranger, ("mail", "1")]);
        Assert.StartsWith("/praxis/neu/", done.Url, StringComparison.Ordinal);
        Assert.Equal(("Nora Neu", "", "Kommt mit Box."), (Newest(practice, "name"), Newest(practice, "email"), Newest(practice, "note")));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM animal a JOIN owner o ON o.id = a.owner_id WHERE o.name = 'Nora Neu' AND a.name = 'Fips'"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM outbox WHERE appointment_id = (SELECT max(id) FROM appointment)"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_everything_typed_stays()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var before = (practice.Count("appointment"), practice.Count("owner"));
        var wrong = await desk.Browser.Press(await desk.Open("/praxis/neu"), "#buchen", ("name", ""), ("telefon", "keins"), ("email", "nora@"), ("tiername", "Fips"), ("tierart", ""), ("notiz", "Behalten!"));
        Assert.Equal(422, wrong.Status);
        Assert.StartsWith("Fehler:", wrong.Title, StringComparison.Ordinal);
        Assert.Empty(wrong.DeadErrorLinks);
        Assert.Equal(["#name", "#telefon", "#email", "#tierart", "#zeit-0"], wrong.Document.QuerySelectorAll(".err a").Select(one => one.GetAttribute("href")));
        Assert.Equal(("keins", "nora@", "Fips", "Behalten!"), (wrong.Value("#telefon"), wrong.Value("#email"), wrong.Value("#tiername"), wrong.Value("#notiz")));
        Assert.Equal(before, (practice.Count("appointment"), practice.Count("owner")));
    }

    [Fact]
    public async Task A_link_from_the_board_brings_day_time_person_and_length_along()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var slot = (await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-10&days=1"))[0];
        var page = await desk.Open($"/praxis/neu?owner=9001&tag=2026-12-10&um={slot.Start[11..16]}&bei=weber&art=impfung");
        Assert.Equal(slot.Start + " weber", page.Find("input[name=zeit][checked]").GetAttribute("value"));
        var dragged = await desk.Open($"/praxis/neu?owner=9001&tag=2026-12-10&um={slot.Start[11..16]}&bei=weber&art=impfung&dauer=45");
        Assert.Equal("um", dragged.Find("input[name=zeit][checked]").GetAttribute("value"));
        await desk.Browser.Press(dragged, "#buchen");
        Assert.Equal(("45", "weber"), (Newest(practice, "minutes"), Newest(practice, "vet")));
        Assert.Equal("2026-12-10T" + slot.Start[11..16], Newest(practice, "starts_local"));
    }

    [Fact]
    public async Task A_time_against_the_rules_wants_a_tick_and_one_that_is_taken_a_reason()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var lunch = "/praxis/neu?owner=9001&tag=2026-12-10&um=13:00&bei=weber&art=impfung";
        var asks = await desk.Browser.Press(await desk.Open(lunch), "#buchen");
        Assert.Equal(422, asks.Status);
        Assert.Contains("geschlossen", asks.Find(".err").TextContent, StringComparison.Ordinal);
        var done = await desk.Browser.Press(asks, "#buchen", ("trotzdem", "1"));
        Assert.StartsWith("/praxis/neu/", done.Url, StringComparison.Ordinal);
        Assert.Equal("2026-12-10T13:00", Newest(practice, "starts_local"));

        var taken = await desk.Browser.Press(await desk.Open(lunch), "#buchen", ("trotzdem", "1"));
        Assert.Contains("ist belegt", taken.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Empty(taken.DeadErrorLinks);
        var squeezed = await desk.Browser.Press(taken, "#buchen", ("trotzdem", "1"), ("grund", "Notfall"));
        Assert.StartsWith("/praxis/neu/", squeezed.Url, StringComparison.Ordinal);
        Assert.Equal(1, practice.Db.Number("SELECT count(DISTINCT appointment_id) FROM squeeze WHERE reason = 'Notfall'"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Several_animals_make_it_longer_and_one_named_just_now_goes_on_record()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/neu?owner=9001&tier=9001&tier=9002&art=impfung");
        Assert.Equal(2, page.Document.QuerySelectorAll("input[name=tier][checked]").Length);
        var three = await desk.Browser.Press(page, "button[value=zeiten]", ("tier", "9001"), ("tier", "9002"), ("tiername", "Fips"), ("tierart", "rabbit"));
        await desk.Browser.Press(three, "#buchen");
        Assert.Equal("40", Newest(practice, "minutes"));
        Assert.Equal(3, practice.Db.Number("SELECT count(*) FROM appointment_animal WHERE appointment_id = (SELECT max(id) FROM appointment)"));
        Assert.Equal(3, practice.Db.Number("SELECT count(*) FROM animal WHERE owner_id = 9001"));
    }

    [Theory]
    [InlineData("?owner=4711999&art=quatsch&bei=niemand&tag=gestern&um=99&dauer=-5")]
    [InlineData("?owner=9001&tier=x&tier=999999&tag=9999-12-31&um=23:59")]
    [InlineData("?owner=9001&art=pferd")]
    [InlineData("?owner=abc&tag=0001-01-01")]
    public async Task No_address_breaks_the_page(string query)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/neu" + query);
        Assert.Equal(200, page.Status);
        Assert.True((await desk.Browser.Press(page, "#buchen")).Status is 422 or 200);
        Assert.Equal(404, (await desk.Open("/praxis/neu/999999")).Status);
        Assert.Equal(200, (await desk.Open("/praxis/warum" + query)).Status);
    }

    [Fact]
    public async Task Why_nothing_is_free_is_said_person_by_person()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        // The first vet's full day.
        var full = practice.Db.Row("SELECT substr(starts_local, 1, 10) FROM appointment WHERE vet = 'weber' AND starts_at > $now GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
            row => row.GetString(0), ("$now", practice.Clock.GetCurrentInstant().ToUnixTimeSeconds()))!;
        var page = await desk.Open($"/praxis/warum?art=krank&tierart=dog&tag={full}&wer=team");
        Assert.Contains("Dr. Weber", page.Words, StringComparison.Ordinal);
        Assert.Contains("belegt: Dr. Weber", page.Words, StringComparison.Ordinal);
        Assert.Contains("geschlossen", page.Words, StringComparison.Ordinal);
        var sunday = await desk.Open("/praxis/warum?art=krank&tierart=dog&tag=2026-11-29");
        Assert.Contains("den ganzen Tag geschlossen", sunday.Words, StringComparison.Ordinal);
        Assert.Contains("geschlossen", (await desk.Open("/praxis/neu?owner=9001&tag=2026-11-29")).Find(".reasons").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trainee_books_nothing()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var trainee = await practice.SignedIn(Role.Trainee);
        Assert.Equal(403, (await trainee.Open("/praxis/neu?owner=9001")).Status);
        Assert.DoesNotContain("/praxis/neu", (await trainee.Open("/praxis/suche")).Html, StringComparison.Ordinal);
    }
}
