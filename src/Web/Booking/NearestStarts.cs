using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Booking;

/// <summary>What to offer to somebody whose time was just taken.</summary>
internal static class NearestStarts
{
    private const int Most = 5;
    private const int DaysAround = 7;

    /// <summary>Up to five free starts nearest to the one asked for, in order of time.</summary>
    public static IReadOnlyList<FreeStart> To(VisitRequest request, Instant start, Diary diary, Instant now)
    {
        var date = diary.DateOf(start);
        return
        [
            .. diary.FreeStarts(request, new DateInterval(date.PlusDays(-DaysAround), date.PlusDays(DaysAround)), now)
                .SelectMany(day => day.Starts)
                .OrderBy(free => free.Start < start ? start - free.Start : free.Start - start)
                .Take(Most)
                .OrderBy(free => free.Start),
        ];
    }
}
