using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.FrontDesk;

/// <summary>One appointment of a series in the making.</summary>
/// <param name="Wanted">When it should be.</param>
/// <param name="Conflict">Why that cannot be; null if it can.</param>
/// <param name="Alternatives">The nearest free times instead, those of the same day first.</param>
public sealed record SeriesDate(Instant Wanted, Refusal? Conflict, ImmutableArray<FreeStart> Alternatives);

/// <summary>What a series would come to: for each date whether it is free, and if not, what is near.</summary>
public static class SeriesPlan
{
    private const int MostAlternatives = 6;
    private const int DaysAround = 3;

    /// <summary>Looks at all dates in turn; each takes its time from the ones after it.</summary>
    public static ImmutableArray<SeriesDate> Preview(Staff staff, VisitRequest request, IEnumerable<LocalDate> dates, LocalTime time)
    {
        var diary = staff.Book.Diary;
        var planned = ImmutableArray.CreateBuilder<SeriesDate>();
        foreach (var date in dates)
        {
            var wanted = diary.Practice.Zone.AtLeniently(date + time).ToInstant();
            var answer = diary.Book(request, wanted, staff.Now);
            if (answer is BookingAnswer.Accepted accepted)
            {
                diary = diary.With(accepted.Visit);
                planned.Add(new SeriesDate(wanted, null, []));
                continue;
            }
            planned.Add(new SeriesDate(wanted, ((BookingAnswer.Refused)answer).Because, Near(diary, request, wanted, staff.Now)));
        }
        return planned.ToImmutable();
    }

    private static ImmutableArray<FreeStart> Near(Diary diary, VisitRequest request, Instant wanted, Instant now)
    {
        var date = diary.DateOf(wanted);
        return
        [
            .. diary.FreeStarts(request, new DateInterval(date.PlusDays(-DaysAround), date.PlusDays(DaysAround)), now).SelectMany(day => day.Starts)
                .OrderBy(free => diary.DateOf(free.Start) != date).ThenBy(free => free.Start < wanted ? wanted - free.Start : free.Start - wanted)
                .Take(MostAlternatives),
        ];
    }

    /// <summary>The value of a choice; reads like that of any other free time.</summary>
    public static string Value(Instant start, string? vet, DateTimeZone zone) => TimeChoice.Value(new FreeStart(start, vet ?? ""), zone);
}
