using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.VisitFlow;

/// <summary>The open consultation: numbers at the desk, a capacity, and who comes next.</summary>
public sealed class WalkInTests(PracticeFixture fixture)
{
    private const string Window = "INSERT INTO walk_in_hours (weekday, starts, ends, capacity) VALUES (1, '08:00', '10:00', 3)";

    [Fact]
    public async Task Numbers_run_from_one_and_stop_at_the_capacity()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Window });
        var desk = await practice.SignedIn();
        for (var number = 1; number <= 3; number++)
        {
            var given = await Give(desk, $"Gast {number}");
            Assert.Contains($"Nummer {number} für Gast {number}.", given.Find(".said").TextContent, StringComparison.Ordinal);
        }
        var full = await Give(desk, "Gast 4");
        Assert.Equal(422, full.Status);
        Assert.Contains("Alle Nummern sind vergeben", full.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal("Gast 4", full.Value("#name"));
        Assert.StartsWith("Fehler:", full.Title, StringComparison.Ordinal);
        Assert.Equal(3, practice.Count("walk_in"));
        // Whoever leaves makes room; and a day may hold more than usual.
        await desk.Post("/praxis/nummer/1/nichterschienen", ("stand", "1"));
        Assert.Equal(200, (await Give(desk, "Gast 4")).Status);
        Assert.Equal(422, (await Give(desk, "Gast 5")).Status);
        await desk.Post("/praxis/sprechstunde/heute", ("fenster", "1"), ("heute", "9"));
        Assert.Equal(200, (await Give(desk, "Gast 5")).Status);
        Assert.Equal(5, practice.Db.Number("SELECT max(number) FROM walk_in"));
        Assert.Equal(5, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'number.given'"));
    }

    [Fact]
    public async Task However_many_press_at_once_no_number_is_given_twice_and_none_beyond_the_capacity()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Window });
        var (one, other) = (await practice.SignedIn(), await practice.SignedIn());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(at => Give(at % 2 == 0 ? one : other, $"Gast {at}")));
        Assert.Equal(3, answers.Count(answer => answer.Status == 200));
        Assert.Equal((3, 3, 3), (practice.Count("walk_in"), practice.Db.Number("SELECT count(DISTINCT number) FROM walk_in"), practice.Db.Number("SELECT max(number) FROM walk_in")));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_gives_one_number()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Window });
        var desk = await practice.SignedIn();
        var form = await desk.Open("/praxis/sprechstunde");
        await desk.Browser.Press(form, "form[action$=nummer] .btn", ("name", "Erika Mustermann"));
        await desk.Browser.Press(form, "form[action$=nummer] .btn", ("name", "Erika Mustermann"));
        Assert.Equal(1, practice.Count("walk_in"));
    }

    [Fact]
    public async Task The_urgent_come_first_and_everybody_sees_how_many_are_before_them()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Window });
        var desk = await practice.SignedIn();
        await Give(desk, "Erste");
        await Give(desk, "Zweite", "soon");
        await Give(desk, "Dritte", "emergency");
        var room = await desk.Open("/praxis/warteraum");
        var lines = room.Document.QuerySelectorAll("section:has(#nummern) .guests > li").Select(line => line.TextContent).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains("Dritte", lines[0], StringComparison.Ordinal);
        Assert.Contains("als Nächstes dran", lines[0], StringComparison.Ordinal);
        Assert.Contains("1 davor", lines[1], StringComparison.Ordinal);
        Assert.Contains("Erste", lines[2], StringComparison.Ordinal);
        Assert.Contains("2 davor", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_says_when_and_whether_it_is_full_and_nothing_of_anybody()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Window });
        var desk = await practice.SignedIn();
        Assert.Contains("Heute 08:00–10:00 Uhr: Kommen Sie ohne Termin", await Note(practice), StringComparison.Ordinal);
        for (var number = 1; number <= 3; number++) await Give(desk, $"Gast {number}");
        var note = await Note(practice);
        Assert.Contains("Für heute ist die Sprechstunde voll", note, StringComparison.Ordinal);
        Assert.DoesNotContain("Gast", note, StringComparison.Ordinal);
        practice.Clock.Advance(Duration.FromHours(3));
        Assert.Null((await practice.Browser.Open("/")).Document.QuerySelector(".walkin"));
    }

    [Fact]
    public async Task Only_who_manages_the_practice_plans_it_and_only_times_that_make_sense()
    {
        await using var practice = await fixture.Start();
        var (desk, head) = (await practice.SignedIn(), await practice.SignedIn(Role.Administrator));
        (string, string)[] monday = [("wochentag", "1"), ("von", "08:00"), ("bis", "09:30"), ("plaetze", "12")];
        Assert.Equal(403, (await desk.Post("/praxis/sprechstunde/zeiten", monday)).Status);
        Assert.Equal(200, (await head.Post("/praxis/sprechstunde/zeiten", monday)).Status);
        Assert.Equal(422, (await head.Post("/praxis/sprechstunde/zeiten", ("wochentag", "1"), ("von", "09:00"), ("bis", "10:00"), ("plaetze", "12"))).Status);
        foreach (var (from, to, places) in new[] { ("10:00", "09:00", "5"), ("9", "10", "5"), ("25:00", "26:00", "5"), ("10:00", "11:00", "0"), ("10:00", "11:00", "201"), ("10:00", "11:00", "viele") })
        {
            var seen = await head.Post("/praxis/sprechstunde/zeiten", ("wochentag", "2"), ("von", from), ("bis", to), ("plaetze", places));
            Assert.Equal(422, seen.Status);
            Assert.Empty(seen.DeadErrorLinks);
        }
        Assert.Equal(1, practice.Count("walk_in_hours"));
        Assert.Equal(200, (await head.Post("/praxis/sprechstunde/zeiten/1/ende")).Status);
        Assert.Equal(0, practice.Count("walk_in_hours"));
    }

    [Fact]
    public async Task There_are_no_numbers_after_the_end_or_on_a_day_the_practice_is_closed()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Window + "; INSERT INTO closure (first_day, last_day) VALUES ('2026-11-30', '2026-11-30')" });
        practice.Clock.Advance(Duration.FromHours(2));
        Assert.Equal(422, (await Give(await practice.SignedIn(), "Gast")).Status);
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(7));
        Assert.Equal(422, (await Give(await practice.SignedIn(), "Gast")).Status);
        Assert.Equal(0, practice.Count("walk_in"));
    }

    private static Task<Seen> Give(Desk desk, string name, string urgency = "normal") =>
        desk.Post("/praxis/sprechstunde/nummer", ("name", name), ("dringlichkeit", urgency), ("schluessel", Guid.NewGuid().ToString("N")));

    private static async Task<string> Note(RunningPractice practice) => (await practice.Browser.Open("/")).Find(".walkin").TextContent;
}
