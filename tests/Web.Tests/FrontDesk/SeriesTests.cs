using VetBooking.Tests.Running;

namespace VetBooking.Tests.FrontDesk;

/// <summary>Appointments that belong together: all or none, and called off one or all.</summary>
public sealed class SeriesTests(PracticeFixture fixture)
{
    private const string Caller = """
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES (9001, 'Ünal Müßiggänger', 'u@example.org', 'u@example.org', '0171 3920011', 1);
        INSERT INTO animal (id, owner_id, name, species_id, born) VALUES (9001, 9001, 'Welpe', 'dog', '2026-10-20');
        """;

    private static async Task<Seen> Ask(Desk desk, params (string, string)[] typed) => await desk.Browser.Press(
        await desk.Browser.Press(await desk.Open("/praxis/neu?owner=9001&art=impfung&bei=weber"), "button[value=serie]"), "button[value=vorschau]", typed);

    [Fact]
    public async Task Every_week_on_the_same_day_is_previewed_booked_and_called_off_as_a_whole()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var preview = await Ask(desk, ("folge", "woche"), ("erster", "2027-01-12"), ("uhrzeit", "10:00"), ("anzahl", "12"), ("abstand", "1"));
        Assert.Contains("12 Termine, alle frei", preview.Words, StringComparison.Ordinal);
        Assert.Equal(0, practice.Count("series"));
        var done = await desk.Browser.Press(preview, "#vorschau .btn", ("folge", "woche"));
        Assert.StartsWith("/praxis/serie/", done.Url, StringComparison.Ordinal);
        Assert.Equal(12, practice.Db.Number("SELECT count(*) FROM appointment WHERE series_id IS NOT NULL AND state = 'booked' AND vet = 'weber' AND owner_id = 9001"));
        Assert.Equal("2027-03-30T10:00", practice.Db.Row("SELECT max(starts_local) FROM appointment WHERE series_id IS NOT NULL", row => row.GetString(0)));
        // The same form once more: nothing new.
        Assert.Equal(done.Url, (await desk.Browser.Press(preview, "#vorschau .btn", ("folge", "woche"))).Url);
        Assert.Equal(1, practice.Count("series"));

        var first = done.Find("input[name=termin]").GetAttribute("value")!;
        await desk.Post(done.Url + "/absage", ("termin", first), ("weiter", "einzelne"));
        Assert.Equal(11, practice.Db.Number("SELECT count(*) FROM appointment WHERE series_id IS NOT NULL AND state = 'booked'"));
        await desk.Browser.Press(await desk.Open(done.Url), "button[value=alle]");
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM occupancy o JOIN appointment a ON a.id = o.appointment_id WHERE a.series_id IS NOT NULL"));
        Assert.Equal(422, (await desk.Post(done.Url + "/absage", ("weiter", "alle"))).Status);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_puppys_vaccinations_fall_on_its_weeks_of_age()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var preview = await Ask(desk, ("folge", "alter"), ("wochen", "8, 12 16"), ("uhrzeit", "10:00"));
        Assert.Equal(["Dienstag, 15. Dezember", "Dienstag, 12. Januar", "Dienstag, 9. Februar"],
            preview.Document.QuerySelectorAll(".series li b").Select(one => string.Join(", ", one.TextContent.Split(", ")[..2])));
        practice.Db.Execute("UPDATE animal SET born = '2026' WHERE id = 9001");
        Assert.Contains("Geburtstag eingeben", (await Ask(desk, ("folge", "alter"))).Find(".err").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_is_shown_with_what_is_near_and_if_one_time_is_lost_meanwhile_nothing_is_booked()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        // A Sunday among them.
        var preview = await Ask(desk, ("folge", "tage"), ("erster", "2027-01-12"), ("tage", "5 14"), ("uhrzeit", "10:00"));
        Assert.Contains("3 Termine, 1 davon nicht frei", preview.Words, StringComparison.Ordinal);
        Assert.Contains("geschlossen", preview.Find(".series .bad").TextContent, StringComparison.Ordinal);
        var other = preview.Find(".series option").GetAttribute("value")!;
        var starts = preview.Document.QuerySelectorAll("input[name=termin]").Select(one => ("termin", one.GetAttribute("value")!)).ToList();

        var slot = await practice.Api.Book(ApiClient.Wish("impfung", starts[1].Item2.Split(' ')[0], "weber"));
        Assert.Equal(201, slot.Status);
        var before = practice.Count("appointment");
        var refused = await desk.Browser.Press(preview, "#vorschau .btn", [.. starts, ("termin", other), ("folge", "tage")]);
        Assert.Equal(422, refused.Status);
        Assert.Contains("Nichts wurde gebucht", refused.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal((before, 0L), (practice.Count("appointment"), practice.Count("series")));
        Assert.Empty(practice.Problems());
    }

    [Theory]
    [InlineData("woche", "anzahl", "27")]
    [InlineData("woche", "anzahl", "0")]
    [InlineData("woche", "abstand", "x")]
    [InlineData("woche", "erster", "2020-01-01")]
    [InlineData("woche", "erster", "2028-01-01")]
    [InlineData("tage", "tage", "1 2 zwei")]
    [InlineData("tage", "tage", "99999")]
    [InlineData("alter", "wochen", "-1")]
    public async Task A_series_has_bounds(string kind, string field, string value)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Caller });
        var desk = await practice.SignedIn();
        var wrong = await Ask(desk, ("folge", kind), (field, value));
        Assert.Equal(422, wrong.Status);
        Assert.Empty(wrong.DeadErrorLinks);
        Assert.Equal(value, wrong.Value("#" + field));
        Assert.Equal(404, (await desk.Open("/praxis/serie/999")).Status);
    }
}
