using NodaTime;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Texts;

public class WallTimeTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData(0, 30, "02:30 Uhr (Sommerzeit)", "02:30 (summer time)")]
    [InlineData(1, 30, "02:30 Uhr (Winterzeit)", "02:30 (standard time)")]
    [InlineData(2, 0, "03:00 Uhr", "03:00")]
    [InlineData(1, 0, "02:00 Uhr (Winterzeit)", "02:00 (standard time)")]
    public void In_the_hour_that_comes_twice_the_time_says_which_one(int hour, int minute, string german, string english)
    {
        var wall = WallTime.Of(Instant.FromUtc(2026, 10, 25, hour, minute), Berlin);
        Assert.Equal(german, wall.Clock(Text.In("de")));
        Assert.Equal(english, wall.Clock(Text.In("en")));
    }

    [Fact]
    public void Every_five_minutes_of_a_year_are_told_apart_by_their_words()
    {
        var start = Instant.FromUtc(2026, 1, 1, 0, 0);
        var seen = Enumerable.Range(0, 365 * 288).Select(i => WallTime.Of(start + Duration.FromMinutes(5 * i), Berlin)).ToHashSet();
        Assert.Equal(365 * 288, seen.Count);
    }
}
