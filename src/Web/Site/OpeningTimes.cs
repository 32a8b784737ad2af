using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Site;

/// <summary>When the practice is open, as people read it off the door: in wall times, day by day.</summary>
public static class OpeningTimes
{
    private const int DaysToLookAhead = 366;
    private const int DaysOfAlwaysOpen = 8;

    /// <summary>The hours of a day, breaks left out; none when a holiday or a closure of the practice's own falls on it.</summary>
    public static OpeningDay On(Practice practice, LocalDate date)
    {
        var closure = practice.ClosureOn(date);
        return new OpeningDay(date, closure is null ? Regular(practice, date) : [], closure);
    }

    /// <summary>The hours a day would have if nothing special fell on it.</summary>
    public static ImmutableArray<OpenStretch> Regular(Practice practice, LocalDate date) =>
        [.. Joined(practice.Opening.Where(hours => hours.AppliesOn(date)).Select(hours => OpenStretch.Of(hours, date)).OrderBy(stretch => stretch.From))];

    /// <summary>What somebody at the door would find.</summary>
    public static OpeningNow At(Practice practice, LocalDateTime now)
    {
        var today = On(practice, now.Date);
        OpenStretch? open = null;
        foreach (var stretch in Ahead(practice, now.Date))
        {
            if (stretch.To <= now) continue;
            if (stretch.From > now) return new OpeningNow(today, open, stretch);
            // A practice that never closes is not asked for the end of its hours.
            if (stretch.To > now.PlusDays(DaysOfAlwaysOpen - 2)) return new OpeningNow(today, stretch, null) { NeverCloses = true };
            open = stretch;
        }
        return new OpeningNow(today, open, null);
    }

    /// <summary>Days after the first week on which the regular hours differ from those of the week before.</summary>
    public static IEnumerable<OpeningDay> Changes(Practice practice, LocalDate today, int days) =>
        from ahead in Enumerable.Range(7, days - 6)
        let day = On(practice, today.PlusDays(ahead))
        where day.Closed is null && !day.Stretches.Select(Hours).SequenceEqual(Regular(practice, day.Date.PlusDays(-7)).Select(Hours))
        select day;

    /// <summary>The practice's own closures, and the holidays that fall on a day it would be open, in order.</summary>
    public static ImmutableArray<Closure> Closures(Practice practice, LocalDate today, int days)
    {
        var last = today.PlusDays(days);
        var own = practice.Closures.Where(closure => closure.To >= today && closure.From <= last);
        var holidays =
            from ahead in Enumerable.Range(0, days + 1)
            let date = today.PlusDays(ahead)
            let closure = practice.ClosureOn(date)
            where closure is { Holiday: not null } && !Regular(practice, date).IsEmpty
            select closure;
        return [.. own.Concat(holidays).OrderBy(closure => closure.From)];
    }

    /// <summary>Every stretch from the evening before on. Hours that meet, at midnight too, are one.</summary>
    private static IEnumerable<OpenStretch> Ahead(Practice practice, LocalDate today) =>
        Joined(Enumerable.Range(-1, DaysToLookAhead).SelectMany(ahead => On(practice, today.PlusDays(ahead)).Stretches));

    private static IEnumerable<OpenStretch> Joined(IEnumerable<OpenStretch> inOrder)
    {
        OpenStretch? last = null;
        foreach (var next in inOrder)
        {
            if (last is not { } before)
            {
                last = next;
            }
            else if (next.From <= before.To && before.To < before.From.PlusDays(DaysOfAlwaysOpen))
            {
                last = before with { To = next.To > before.To ? next.To : before.To };
            }
            else
            {
                yield return before;
                last = next;
            }
        }
        if (last is { } rest) yield return rest;
    }

    private static (LocalTime, LocalTime) Hours(OpenStretch stretch) => (stretch.From.TimeOfDay, stretch.To.TimeOfDay);
}

/// <summary>A stretch of wall time in which the practice is open.</summary>
public readonly record struct OpenStretch(LocalDateTime From, LocalDateTime To)
{
    /// <summary>Weekly hours as they begin on a date; they may end on the next.</summary>
    public static OpenStretch Of(WeeklyHours hours, LocalDate date) =>
        new(date + hours.From, (hours.To > hours.From ? date : date.PlusDays(1)) + hours.To);

    /// <summary>Whether it is the whole day.</summary>
    public bool IsAllDay => From.TimeOfDay == LocalTime.Midnight && To >= From.PlusDays(1);
}

/// <summary>One day: when the practice is open, or why it is not.</summary>
public sealed record OpeningDay(LocalDate Date, ImmutableArray<OpenStretch> Stretches, Closure? Closed);

/// <summary>One moment: the stretch it falls into, and the next one after it, if there are any.</summary>
public sealed record OpeningNow(OpeningDay Today, OpenStretch? Open, OpenStretch? Next)
{
    /// <summary>Whether the practice is open day and night, as far as one can see.</summary>
    public bool NeverCloses { get; init; }
}
