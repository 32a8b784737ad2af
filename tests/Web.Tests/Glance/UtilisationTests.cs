using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Tests.Planning;
using VetBooking.Tests.Running;
using VetBooking.Web.Glance;
using VetBooking.Web.Planning;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;
using static VetBooking.Tests.Glance.GlanceTests;
using static VetBooking.Tests.Planning.PlanPractice;

namespace VetBooking.Tests.Glance;

/// <summary>How full the hours are: everybody a visit occupies, against the time there was. Day 1 is Tuesday, 24 November.</summary>
public sealed class UtilisationTests(PracticeFixture fixture)
{
    private const string None = "DELETE FROM appointment; DELETE FROM tally_visit; DELETE FROM tally_hour;";

    private static readonly Consent Anyway = new(true, "");

    [Fact]
    public async Task Everybody_a_visit_needs_is_occupied_with_its_buffers_and_a_room_is_nobody()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = None + """
                UPDATE visit_type SET buffer_before = 5, buffer_after = 10 WHERE id = 'impfung';
                INSERT INTO need (visit_type_id, position, kind, skill) VALUES ('impfung', 3, 'person', 'tfa');
                """,
        });
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        Assert.Equal(["raum-1", "tfa-jansen", "weber"], practice.Has(id));
        practice.Clock.Advance(Duration.FromDays(2));
        Assert.Equal(["2/8 10", "2/9 60"], Booked(Load(practice)));
    }

    [Fact]
    public async Task A_visit_over_midnight_counts_on_both_days_and_in_both_months()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        using var desk = await practice.SignedIn();
        await Place(practice, desk, practice.At(1, 23, 30), 150);
        await Place(practice, desk, practice.At(7, 22, 15), 120);
        // Up to yesterday: what of it is today is not over yet.
        practice.Clock.Advance(Duration.FromDays(2));
        Assert.Equal(["2/23 30"], Booked(Load(practice)));
        practice.Clock.Advance(Duration.FromDays(1));
        Assert.Equal(["2/23 30", "3/0 60", "3/1 60"], Booked(Load(practice)));
        // From Monday, 30 November, into December.
        practice.Clock.Advance(Duration.FromDays(6));
        Assert.Equal(["1/22 45", "1/23 60", "2/0 15", "2/23 30", "3/0 60", "3/1 60"], Booked(Load(practice)));
        Assert.Equal(["2/0 15"], Booked(Load(practice, 1)));
        await StaysWhenRemoved(practice, 2);
        Assert.Equal(["2/0 15"], Booked(Load(practice, 1)));
    }

    [Fact]
    public async Task Time_that_was_blocked_or_in_which_somebody_was_away_was_not_offered()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        using var desk = await practice.SignedIn();
        var (nine, ten) = (Cells.At(practice.At(1, 9)), Cells.At(practice.At(1, 10)));
        await practice.Make(desk, practice.At(1, 10, 40), "weber");
        var block = new BlockWish(["weber", "raum-1"], new CellRange(nine, ten), "Teambesprechung");
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => BlockedTimes.Block(change, staff, block)));
        practice.Clock.Advance(Duration.FromDays(2));
        var with = Load(practice);
        practice.Db.Execute("DELETE FROM blocked_time");
        var without = Load(practice);
        Assert.Equal((without.At(2, 9).Offered - 60, without.At(2, 10).Offered), (with.At(2, 9).Offered, with.At(2, 10).Offered));

        await practice.Writer.Write(change =>
        {
            change.Db.Execute("INSERT INTO absence (resource_id, starts_local, ends_local) VALUES ('weber', '2026-11-24T09:00', '2026-11-24T10:00')");
            change.Reload();
            return 0;
        });
        Assert.Equal(with.At(2, 9), Load(practice).At(2, 9));
    }

    [Fact]
    public async Task More_than_all_of_an_hour_is_only_what_was_squeezed_in()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        using var desk = await practice.SignedIn();
        // Before anybody is at work, and so against the rules: whoever does that is there.
        await Place(practice, desk, practice.At(1, 6), 60);
        await Place(practice, desk, practice.At(1, 6, 15), 45, new Consent(true, "blutet"));
        await Place(practice, desk, practice.At(1, 5), 60);
        practice.Clock.Advance(Duration.FromDays(2));
        var figures = Load(practice);
        Assert.Equal(new HourFigures(60, 45, 0), figures.At(2, 6));
        Assert.Equal((100, 175), (figures.At(2, 5).Percent, figures.At(2, 6).Percent));
        using var office = await practice.SignedIn(Role.Administrator);
        var page = await office.Open("/praxis/auswertung?monate=1");
        Assert.Contains("175 %", page.Document.QuerySelector("section:has(#auslastung) tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("175 %", page.Document.QuerySelector("section:has(#auslastung) svg")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.Document.QuerySelectorAll("svg rect.of5").Length);
        Assert.Empty(page.Document.QuerySelectorAll("svg rect.of8"));
        await StaysWhenRemoved(practice, 3);
    }

    [Theory]
    [InlineData(30, 0, 60, 50)]
    [InlineData(60, 0, 60, 100)]
    [InlineData(90, 0, 60, 100)]
    [InlineData(60, 30, 60, 150)]
    [InlineData(0, 30, 0, 100)]
    [InlineData(0, 0, 0, null)]
    public void An_hour_is_full_to_a_hundred(int booked, int squeezed, int offered, int? percent) =>
        Assert.Equal(percent, new HourFigures(booked, squeezed, offered).Percent);

    /// <summary>The hours of the week in which anything was booked, as weekday/hour, with the minutes.</summary>
    private static IEnumerable<string> Booked(Figures figures) =>
        from day in Enumerable.Range(1, 7)
        from hour in Enumerable.Range(0, 24)
        where figures.At(day, hour).Booked > 0
        select string.Create(CultureInfo.InvariantCulture, $"{day}/{hour} {figures.At(day, hour).Booked}");

    private static async Task Place(RunningPractice practice, Desk desk, Instant start, int minutes, Consent? consent = null)
    {
        var wish = Wish(start, "weber");
        wish = wish with { Placement = wish.Placement with { Minutes = minutes }, Consent = consent ?? Anyway };
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, wish)));
    }

    private static async Task StaysWhenRemoved(RunningPractice practice, int visits)
    {
        var before = Text(Load(practice));
        practice.Db.Execute("INSERT INTO retention (rule, days) VALUES ('visits', 1)");
        var removed = await Retention.Apply(practice.Writer, Actor.Practice, TestContext.Current.CancellationToken);
        Assert.Equal(visits, removed["visits"]);
        Assert.Equal(before, Text(Load(practice)));
    }
}
