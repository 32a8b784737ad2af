using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Tests;

public class DstTests
{
    private static readonly VisitRequest Dog = new("check", ["dog"]);

    public static TheoryData<string, LocalDate, int> Changes()
    {
        var changes = new TheoryData<string, LocalDate, int>();
        foreach (var name in new[] { "Europe/Berlin", "Europe/Vienna", "Europe/Zurich" }) Add(name, 2024, 2040);
        Add("Australia/Lord_Howe", 2026, 2026);
        return changes;

        void Add(string name, int first, int last)
        {
            var zone = DateTimeZoneProviders.Tzdb[name];
            var years = new Interval(Instant.FromUtc(first, 1, 1, 0, 0), Instant.FromUtc(last + 1, 1, 1, 0, 0));
            foreach (var interval in zone.GetZoneIntervals(years).Where(interval => interval.HasStart && interval.Start > years.Start))
            {
                var before = zone.GetUtcOffset(interval.Start - Duration.Epsilon);
                changes.Add(name, interval.Start.InZone(zone).Date, (interval.WallOffset - before).Seconds / 60);
            }
        }
    }

    [Fact]
    public void Every_change_of_the_clocks_is_among_the_tests() => Assert.Equal(3 * 17 * 2 + 2, Changes().Count);

    [Theory]
    [MemberData(nameof(Changes))]
    public void On_a_day_on_which_the_clocks_change_every_real_moment_is_offered_once(string name, LocalDate date, int forwardMinutes)
    {
        var zone = DateTimeZoneProviders.Tzdb[name];
        var practice = AllDay(zone);
        var diary = Diary.For(practice, new DateInterval(date.PlusDays(-1), date.PlusDays(1)), []);
        var now = zone.AtStartOfDay(date.PlusDays(-1)).ToInstant();
        var day = diary.FreeStarts(Dog, new DateInterval(date, date), now).Single();
        var starts = day.Starts.Select(one => one.Start).ToArray();

        Assert.Equal(288 - forwardMinutes / 5, starts.Length);
        Assert.Equal(zone.AtStartOfDay(date).ToInstant(), starts[0]);
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.Equal(Duration.FromMinutes(5), pair.Second - pair.First));
        Assert.All(starts, start => Assert.Equal(date, start.InZone(zone).Date));
        AssertWallTimes(zone, date, starts, forwardMinutes);

        // Every one can be booked, one after the other, and then the day is full.
        foreach (var start in starts)
        {
            var answer = Assert.IsType<BookingAnswer.Accepted>(diary.Book(Dog, start, now));
            Assert.Equal(start, answer.Visit.Start);
            diary = diary.With(answer.Visit);
        }
        Assert.Empty(diary.FreeStarts(Dog, new DateInterval(date, date), now).Single().Starts);
    }

    [Fact]
    public void The_days_around_a_change_have_288_starts()
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var days = new DateInterval(new(2026, 10, 23), new(2026, 10, 27));
        var diary = Diary.For(AllDay(zone), days, []);
        var counts = diary.FreeStarts(Dog, days, zone.AtStartOfDay(days.Start).ToInstant()).Select(day => day.Starts.Length);
        Assert.Equal([288, 288, 300, 288, 288], counts);
    }

    [Theory]
    [InlineData(2026, 3, 29, 1, 30, 2, 30, 30)] // Ends in the hour that is skipped: half an hour is left.
    [InlineData(2026, 3, 29, 2, 15, 4, 0, 60)] // Begins in it: begins when the clocks have changed.
    [InlineData(2026, 3, 29, 2, 15, 2, 45, 0)] // Lies in it: does not happen.
    [InlineData(2026, 10, 25, 2, 15, 2, 45, 90)] // In the hour that comes twice: from the first time to the second.
    [InlineData(2026, 10, 25, 1, 0, 4, 0, 240)]
    public void Hours_in_the_night_of_the_change(int year, int month, int day, int hour, int minute, int toHour, int toMinute, int expectedMinutes)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var date = new LocalDate(year, month, day);
        var practice = AllDay(zone) with { Opening = [new(IsoDayOfWeek.Sunday, new(hour, minute), new(toHour, toMinute))] };
        var diary = Diary.For(practice, new DateInterval(date, date), []);
        var starts = diary.FreeStarts(Dog, new DateInterval(date, date), zone.AtStartOfDay(date).ToInstant()).Single().Starts;
        Assert.Equal(expectedMinutes / 5, starts.Length);
    }

    [Fact]
    public void A_zone_that_skips_midnight_keeps_its_wall_times()
    {
        // In Santiago 6 September 2026 begins at 1:00.
        var zone = DateTimeZoneProviders.Tzdb["America/Santiago"];
        var date = new LocalDate(2026, 9, 6);
        var practice = AllDay(zone) with { Opening = [new(IsoDayOfWeek.Sunday, new(8, 0), new(9, 0))] };
        var diary = Diary.For(practice, new DateInterval(date, date), []);
        var starts = diary.FreeStarts(Dog, new DateInterval(date, date), zone.AtStartOfDay(date).ToInstant()).Single().Starts;
        Assert.Equal(new LocalTime(8, 0), starts[0].Start.InZone(zone).TimeOfDay);
        Assert.Equal(12, starts.Length);
    }

    private static void AssertWallTimes(DateTimeZone zone, LocalDate date, Instant[] starts, int forwardMinutes)
    {
        var walls = starts.GroupBy(start => start.InZone(zone).LocalDateTime).ToDictionary(group => group.Key, group => group.Count());
        for (var minute = 0; minute < 24 * 60; minute += 5)
        {
            var wall = date.AtMidnight().PlusMinutes(minute);
            Assert.Equal(zone.MapLocal(wall).Count, walls.GetValueOrDefault(wall));
        }
        Assert.Equal(Math.Max(0, -forwardMinutes / 5), walls.Values.Count(count => count == 2));
    }

    private static Practice AllDay(DateTimeZone zone) => new()
    {
        Zone = zone,
        Opening = [.. Enumerable.Range(1, 7).Select(day => new WeeklyHours((IsoDayOfWeek)day, LocalTime.Midnight, LocalTime.Midnight))],
        Resources = [new("anna", ResourceKind.Person)],
        VisitTypes =
        [
            new VisitType("check")
            {
                MinutesBySpecies = ImmutableDictionary<string, int>.Empty.Add("dog", 5),
                GridMinutes = 5,
                Needs = [new(ResourceKind.Person, ["anna"])],
            },
        ],
    };
}
