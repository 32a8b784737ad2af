using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>When a visit could take place.</summary>
public static class Availability
{
    /// <summary>Why a request can never be met, whatever the time; null if it can.</summary>
    public static Refusal? WhyNever(this Diary diary, VisitRequest request) => SearchPlan.Of(diary, request).Refusal;

    /// <summary>
    /// The days from <paramref name="days"/> that the diary covers, in order, each with its free starts in order.
    /// Empty if the request can never be met; <see cref="WhyNever"/> says why.
    /// </summary>
    public static IEnumerable<FreeDay> FreeStarts(this Diary diary, VisitRequest request, DateInterval days, Instant now)
    {
        if (SearchPlan.Of(diary, request).Plan is not { } plan) yield break;
        var search = new DaySearch(diary, plan, now);
        var starts = ImmutableArray.CreateBuilder<FreeStart>();
        var (first, last) = (LocalDate.Max(days.Start, diary.Days.Start), LocalDate.Min(days.End, diary.Days.End));
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            var day = diary.Day(date);
            search.Look(day);
            search.Collect(starts);
            yield return new FreeDay(date, starts.ToImmutable(), diary.Open.Count(day.Range) > 0, diary.Practice.ClosureOn(date));
            starts.Clear();
        }
    }

    /// <summary>The first free start at or after <paramref name="now"/>, or null if there is none in the days the diary covers.</summary>
    public static FreeStart? NextFree(this Diary diary, VisitRequest request, Instant now)
    {
        var today = diary.DateOf(now);
        foreach (var day in diary.FreeStarts(request, new DateInterval(today, LocalDate.Max(diary.Days.End, today)), now))
        {
            if (!day.Starts.IsEmpty) return day.Starts[0];
        }
        return null;
    }
}
