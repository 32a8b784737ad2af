using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.WaitingList;
using static VetBooking.Tests.Waiting.FullPractice;

namespace VetBooking.Tests.Waiting;

/// <summary>What fits whom.</summary>
public sealed class WantedTests(PracticeFixture fixture)
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData("2026-11-25 10:00", "2026-11-25", "2026-11-25", 127, DayParts.Any, true)]
    [InlineData("2026-11-25 10:00", "2026-11-26", "2026-11-30", 127, DayParts.Any, false)]
    [InlineData("2026-11-25 10:00", "2026-11-20", "2026-11-24", 127, DayParts.Any, false)]
    [InlineData("2026-11-25 10:00", "2026-11-20", "2026-11-30", 0b0000100, DayParts.Any, true)]
    [InlineData("2026-11-25 10:00", "2026-11-20", "2026-11-30", 0b1111011, DayParts.Any, false)]
    [InlineData("2026-11-25 10:55", "2026-11-20", "2026-11-30", 127, DayParts.Morning, true)]
    [InlineData("2026-11-25 11:00", "2026-11-20", "2026-11-30", 127, DayParts.Morning, false)]
    [InlineData("2026-11-25 11:00", "2026-11-20", "2026-11-30", 127, DayParts.Midday | DayParts.Evening, true)]
    [InlineData("2026-11-25 16:55", "2026-11-20", "2026-11-30", 127, DayParts.Afternoon, true)]
    [InlineData("2026-11-25 17:00", "2026-11-20", "2026-11-30", 127, DayParts.Afternoon, false)]
    [InlineData("2026-11-25 17:00", "2026-11-20", "2026-11-30", 127, DayParts.Evening, true)]
    // The hour that comes twice, both times, and the day after one that was skipped: the wall decides.
    [InlineData("2026-10-25 10:55", "2026-10-25", "2026-10-25", 0b1000000, DayParts.Morning, true)]
    [InlineData("2027-03-28 11:00", "2027-03-28", "2027-03-28", 0b1000000, DayParts.Morning, false)]
    [InlineData("2027-03-28 11:00", "2027-03-28", "2027-03-28", 0b1000000, DayParts.Midday, true)]
    public void The_wall_clock_decides_what_fits(string wall, string from, string until, int weekdays, DayParts parts, bool fits)
    {
        var wanted = new Web.WaitingList.Wanted { VisitType = "x", From = Day(from), Until = Day(until), Weekdays = weekdays, Parts = parts, Animals = [] };
        var start = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(wall).Value.InZoneLeniently(Berlin);
        Assert.Equal(fits, wanted.Fits(start.ToInstant(), Berlin));

        static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
    }

    [Fact]
    public void An_hour_that_comes_twice_is_one_part_of_the_day_both_times()
    {
        var wanted = new Web.WaitingList.Wanted { VisitType = "x", From = new(2026, 10, 25), Until = new(2026, 10, 25), Parts = DayParts.Morning, Animals = [] };
        foreach (var utc in new[] { Instant.FromUtc(2026, 10, 25, 0, 30), Instant.FromUtc(2026, 10, 25, 1, 30), Instant.FromUtc(2026, 10, 25, 9, 55) }) Assert.True(wanted.Fits(utc, Berlin));
        foreach (var utc in new[] { Instant.FromUtc(2026, 10, 24, 21, 59), Instant.FromUtc(2026, 10, 25, 10, 0), Instant.FromUtc(2026, 10, 25, 23, 0) }) Assert.False(wanted.Fits(utc, Berlin));
    }

    [Theory]
    [InlineData("zahn", "dog", null, "none")]
    [InlineData("impfung", "cattle", null, "none")]
    [InlineData("impfung", "bird", null, "none")]
    [InlineData("impfung", "cat", null, "open")]
    [InlineData("impfung", "dog", "weber", "open")]
    [InlineData("impfung", "dog", "yilmaz", "none")]
    public async Task Visit_type_species_length_and_person_must_fit_too(string type, string species, string? vet, string state)
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants() with { VisitType = type, Species = species, Vet = vet });
        await practice.Free();
        await practice.Look();
        Assert.Equal(state, practice.OfferOf(entry));
    }

    [Fact]
    public async Task Days_weekdays_and_times_of_day_keep_an_offer_away()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        long[] others =
        [
            await practice.Enter(Wants("A A") with { From = new(2026, 11, 26) }), await practice.Enter(Wants("B B") with { Until = new(2026, 11, 24) }),
            await practice.Enter(Wants("C C") with { Weekdays = 0b1111011 }), await practice.Enter(Wants("D D") with { Parts = DayParts.Morning | DayParts.Evening }),
        ];
        var right = await practice.Enter(Wants("E E") with { Weekdays = 0b0000100, Parts = DayParts.Midday, From = new(2026, 11, 25), Until = new(2026, 11, 25) });
        await practice.FreeFor(1);
        Assert.Equal("open", practice.OfferOf(right));
        Assert.All(others, other => Assert.Equal("none", practice.OfferOf(other)));
    }

    [Fact]
    public async Task Without_an_address_or_during_a_pause_nothing_is_offered_and_staff_read_why()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants(email: ""));
        await practice.Free();
        await practice.Look();
        Assert.Equal("none", practice.OfferOf(entry));
        using var desk = await practice.SignedIn();
        Assert.Contains("Keine E-Mail-Adresse", (await desk.Open("/praxis/warteliste")).Words, StringComparison.Ordinal);
        await practice.Writer.Write(change =>
        {
            change.Db.Execute("UPDATE waiting SET email = 'e@example.org', email_key = 'e@example.org'; UPDATE practice SET paused_until = $until", ("$until", (change.Now + Duration.FromHours(1)).ToUnixTimeSeconds()));
            change.Reload();
            return true;
        });
        await practice.Look();
        Assert.Equal("none", practice.OfferOf(entry));
        Assert.Contains("macht Pause", (await desk.Open("/praxis/warteliste")).Words, StringComparison.Ordinal);
        practice.Clock.Advance(Duration.FromHours(1));
        await practice.Look();
        Assert.Equal("open", practice.OfferOf(entry));
    }

    [Fact]
    public async Task Shorter_visits_share_an_offer_and_longer_ones_do_not()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql(30) });
        var (dog, bird, cat) = (await practice.Enter(Wants("A A")), await practice.Enter(Wants("B B") with { Species = "bird" }), await practice.Enter(Wants("C C") with { Species = "cat" }));
        await practice.FreeFor(2);
        Assert.Equal(("open", "none", "open"), (practice.OfferOf(dog), practice.OfferOf(bird), practice.OfferOf(cat)));
        Assert.Empty(practice.Problems());
    }
}
