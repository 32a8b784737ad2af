using NodaTime;
using VetBooking.Tests.Planning;
using VetBooking.Tests.Running;
using VetBooking.Web.Glance;
using VetBooking.Web.Planning;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;
using static VetBooking.Tests.Glance.GlanceTests;

namespace VetBooking.Tests.Glance;

/// <summary>What counts as an appointment, and how the figures find it.</summary>
public sealed class CountingTests(PracticeFixture fixture)
{
    private const string None = "DELETE FROM appointment; DELETE FROM tally_visit; DELETE FROM tally_hour;";

    [Fact]
    public async Task What_staff_take_back_right_after_making_it_counts_nowhere_and_what_they_call_off_is_a_cancellation()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        using var desk = await practice.SignedIn();
        await practice.Make(desk, practice.At(1, 9), "weber");
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        var calledOff = await practice.Make(desk, practice.At(1, 10), "weber");
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(calledOff, 0, "krank", false)));
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM appointment WHERE state = 'cancelled'"));
        practice.Clock.Advance(Duration.FromDays(3));
        Assert.Equal((1, 1), Counted());

        practice.Db.Execute("INSERT INTO retention (rule, days) VALUES ('cancelled', 1)");
        Assert.Equal(2, (await Retention.Apply(practice.Writer, Actor.Practice, TestContext.Current.CancellationToken))["cancelled"]);
        Assert.Equal((1, 1), Counted());

        (int Cancelled, int All) Counted() => (Load(practice).Months.Sum(month => month.Cancelled), Load(practice).Months.Sum(month => month.All));
    }

    [Fact]
    public async Task A_cancellation_that_is_taken_back_is_a_visit()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 0, "krank", false)));
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        practice.Clock.Advance(Duration.FromDays(2));
        Assert.Equal((1, 0), (Load(practice).Months[^1].Visits, Load(practice).Months[^1].Cancelled));
    }

    [Fact]
    public async Task Figures_look_at_their_own_period_only_and_at_each_appointment_once()
    {
        await using var practice = await fixture.Start();
        var visits = Plan(practice, Figures.VisitsSql);
        Assert.Equal("SEARCH appointment USING INDEX appointment_start (starts_at>? AND starts_at<?)", Assert.Single(visits, step => step.Contains("appointment ", StringComparison.Ordinal)));
        Assert.DoesNotContain(visits, step => step.StartsWith("SCAN", StringComparison.Ordinal));

        // Once for what is under the guard, once for what was squeezed in.
        var hours = Plan(practice, Figures.HoursSql);
        Assert.Equal(2, hours.Count(step => step == "SEARCH a USING INDEX appointment_start (starts_at>? AND starts_at<?)"));
        Assert.Equal(2, hours.Count(step => step.StartsWith("SEARCH a ", StringComparison.Ordinal) || step.StartsWith("SCAN a", StringComparison.Ordinal)));
        Assert.DoesNotContain(hours, step => step is "SCAN o" or "SCAN s" or "SCAN r");
    }

    [Fact]
    public async Task To_remove_one_appointment_only_its_own_rows_are_counted()
    {
        await using var practice = await fixture.Start();
        foreach (var view in (string[])["visit_counted", "visit_hour"])
        {
            var steps = Plan(practice, $"SELECT * FROM {view} WHERE id = $since");
            Assert.Contains(steps, step => step.EndsWith("USING INTEGER PRIMARY KEY (rowid=?)", StringComparison.Ordinal));
            Assert.DoesNotContain(steps, step => step is "SCAN appointment" or "SCAN a" or "SCAN o" or "SCAN s" or "SCAN r");
        }
    }

    private static List<string> Plan(RunningPractice practice, string sql)
    {
        var names = (string[])["$since", "$before", "$first", "$last", "$from", "$to"];
        return practice.Db.Rows("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), [.. names.Where(name => sql.Contains(name, StringComparison.Ordinal)).Select(name => (name, (object?)1L))]);
    }
}
