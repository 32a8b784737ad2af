using System.Globalization;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Glance;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Glance;

/// <summary>The practice at a glance: right numbers, and the same ones when the appointments are gone.</summary>
public sealed class GlanceTests(PracticeFixture fixture)
{
    private const string None = "DELETE FROM appointment; DELETE FROM tally_visit; DELETE FROM tally_hour;";

    // Thursday 19 November, 8:40 to 10:10, booked online eight days before; Friday cancelled; Friday missed, by telephone on the day itself.
    private const string Three = None + """
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, name, email, email_key, created_at, state_before, online) VALUES
          (1, 'A', 'impfung', 'booked', 1795074000, '2026-11-19T08:40', 90, 'weber', 'de', 'Erika', '', '', 1794380000, NULL, 1),
          (2, 'B', 'impfung', 'cancelled', 1795161600, '2026-11-20T09:00', 20, 'weber', 'de', 'Erika', '', '', 1794380000, 'booked', 1),
          (3, 'C', 'impfung', 'booked', 1795165200, '2026-11-20T10:00', 30, 'weber', 'de', 'Erika', '', '', 1795160000, NULL, 0),
          (4, 'D', 'impfung', 'booked', 1795417200, '2026-11-23T08:00', 30, 'weber', 'de', 'Erika', '', '', 1795160000, NULL, 0);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) SELECT id, 0, 'Balu', 'dog' FROM appointment;
        INSERT INTO occupancy SELECT vet, starts_at, starts_at + minutes * 60, id FROM appointment WHERE state = 'booked';
        INSERT INTO arrival (appointment_id, no_show_at) VALUES (3, 1795168000);
        """;

    [Fact]
    public async Task Each_appointment_up_to_yesterday_counts_once_as_it_ended()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Three });
        var figures = Load(practice);
        var november = figures.Months[^1];
        Assert.Equal(new MonthFigures(new YearMonth(2026, 11), 1, 1, 1, 2), november);
        Assert.Single(figures.Months);
        Assert.Equal(new LocalDate(2026, 11, 1), figures.Days.Start);
        Assert.Equal([1, 0, 0, 1, 0, 0], figures.ByLead);
        Assert.Equal([20, 60, 10], new[] { 8, 9, 10 }.Select(hour => figures.At(4, hour).Booked));
        Assert.Equal([0, 0, 30], new[] { 8, 9, 10 }.Select(hour => figures.At(5, hour).Booked));
        Assert.Equal(0, figures.At(1, 8).Booked);
        Assert.True(figures.At(4, 9).Offered > 0);
    }

    [Fact]
    public async Task What_is_removed_keeps_counting_and_names_nobody()
    {
        await using var practice = await fixture.Start();
        var before = Text(Load(practice, 12));
        practice.Db.Execute("INSERT INTO retention (rule, days) VALUES ('visits', 1), ('cancelled', 1)");
        var removed = await Retention.Apply(practice.Writer, Actor.Practice, TestContext.Current.CancellationToken);
        Assert.True(removed["visits"] > 400);
        Assert.Equal(before, Text(Load(practice, 12)));
        Assert.True(practice.Count("tally_visit") < removed["visits"] / 2);
    }

    [Fact]
    public async Task A_move_counts_where_it_went_and_a_cancellation_as_one()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        var booked = await practice.Api.BookFirst("impfung");
        Assert.Equal(201, booked.Status);
        Assert.Equal(0, Load(practice).Months.Sum(month => month.All));
        var slots = await practice.Api.Slots("impfung");
        await practice.Writer.Write(change => change.Db.Execute("UPDATE appointment SET state = 'cancelled', state_before = 'booked', expires_at = NULL WHERE number = $number", ("$number", booked.Number)));
        practice.Clock.Advance(Duration.FromDays(40));
        Assert.NotEmpty(slots);
        Assert.Equal((0, 1, 1), (Load(practice).Months.Sum(month => month.Visits), Load(practice).Months.Sum(month => month.Cancelled), Load(practice).Months.Sum(month => month.Online)));
    }

    [Fact]
    public async Task The_page_shows_every_number_twice_in_a_picture_and_in_a_table()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Three });
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open("/praxis/auswertung?monate=1");
        Assert.Equal(3, page.Document.QuerySelectorAll("svg.chart[role=img][aria-label]").Length);
        Assert.Equal(["3", "67 %", "1 (33 %)", "1 (50 %)"], page.Document.QuerySelectorAll("section:has(#monate) tbody td").Select(cell => cell.TextContent));
        Assert.Contains("November 2026", page.Document.QuerySelector("svg.chart")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Erika", page.Html, StringComparison.Ordinal);
        foreach (var odd in (string[])["0", "2", "999999999999", "x", "-1"]) Assert.Equal(200, (await desk.Open("/praxis/auswertung?monate=" + odd)).Status);
    }

    [Fact]
    public async Task A_practice_without_a_past_is_told_so()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = None });
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Contains("noch keine Termine", (await desk.Open("/praxis/auswertung")).Words, StringComparison.Ordinal);
    }

    internal static Figures Load(RunningPractice practice, int months = 3) =>
        Figures.Load(practice.Db, practice.Writer.Current.Practice, practice.Clock.GetCurrentInstant(), months);

    internal static string Text(Figures figures) => string.Create(CultureInfo.InvariantCulture, $"""
        {string.Join('|', figures.Months.Select(month => $"{month.Visits} {month.NoShows} {month.Cancelled} {month.Online}"))}
        {string.Join(' ', figures.ByLead)}
        {string.Join(' ', from day in Enumerable.Range(1, 7) from hour in Enumerable.Range(0, 24) select $"{figures.At(day, hour).Booked}+{figures.At(day, hour).Squeezed}")}
        """);
}
