using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>
/// Why starts are not free: the first rule that stands in the way, in the order in which a person would explain them. A
/// refused booking and the explanation of a day both come from here, so that they never contradict each other.
/// </summary>
internal sealed class WhyNot
{
    private readonly Diary diary;
    private readonly SearchPlan plan;
    private readonly Instant now;
    private readonly LocalDate last;
    private readonly DaySearch untaken;
    private readonly DaySearch there;
    private LocalDay? looked;

    public WhyNot(Diary diary, SearchPlan plan, Instant now)
    {
        (this.diary, this.plan, this.now, last) = (diary, plan, now, plan.LastDate(diary, now));
        var byStaff = plan with { ForOwner = false };
        (untaken, there) = (new DaySearch(diary, byStaff, now), new DaySearch(diary.Cleared(), byStaff, now));
    }

    /// <summary>Why a visit cannot begin at a start that is not free, and whose time it is that is missing.</summary>
    public (Refusal Because, ImmutableArray<string> Resources) At(Instant start)
    {
        var cell = Cells.At(start);
        var visit = new CellRange(cell, cell + plan.Length);
        if (start < now) return (new Refusal.Past(), []);
        if (plan.ForOwner && diary.Practice.IsPaused(now)) return (new Refusal.Paused(diary.Practice.PausedUntil!.Value), []);
        if (cell < plan.EarliestStart(now)) return (new Refusal.TooSoon(now + plan.Type.Lead), []);
        // Asked before the date is worked out: the year 9999 has no day after its last.
        if (!diary.Window.Contains(visit) || diary.DateOf(start) > last) return (new Refusal.TooFar(last), []);
        var day = diary.Day(diary.DateOf(start));
        if (!plan.IsOnGrid(day, cell)) return (new Refusal.OffGrid(plan.Type.GridMinutes), []);
        if (diary.Open.Count(visit) < visit.Length) return (new Refusal.Closed(diary.Practice.ClosureOn(day.Date)), []);
        if (plan.ForOwner && !SearchPlan.IsInWindow(plan.Type, day, cell)) return (new Refusal.OutsideWindow(), []);
        if (plan.ForOwner && plan.IsFull(diary, day.Date)) return (new Refusal.DayFull(plan.Type.DailyCap!.Value), []);
        return Missing(day, cell);
    }

    private (Refusal Because, ImmutableArray<string> Resources) Missing(LocalDay day, int cell)
    {
        if (looked?.Date != day.Date)
        {
            untaken.Look(day, thoroughly: true);
            there.Look(day, thoroughly: true);
            looked = day;
        }
        if (there.At(cell) is null) return (new Refusal.NobodyThere(), Ids(FirstUnfilled(there, cell) is var absent and >= 0 ? plan.Needs[absent] : plan.Needs[0]));
        // Where only an owner is refused, somebody is busy elsewhere, or the time is kept for urgent cases.
        if (untaken.At(cell) is not null)
        {
            var range = new CellRange(cell, cell + plan.Length);
            var elsewhere = plan.Needs.SelectMany(need => need).Where(one => one.Elsewhere.Any(range.Overlaps)).Distinct().ToList();
            return elsewhere.Count > 0 ? (new Refusal.Taken(), Ids(elsewhere)) : (new Refusal.HeldBack(), []);
        }
        return (new Refusal.Taken(), FirstUnfilled(untaken, cell) is var busy and >= 0
            ? Ids(there.Free(busy, cell))
            : Ids(Enumerable.Range(0, plan.Needs.Length).SelectMany(need => there.Free(need, cell)).Distinct()));
    }

    /// <summary>The first need that nobody can fill; -1 if each can be filled, only not all at once.</summary>
    private int FirstUnfilled(DaySearch search, int cell)
    {
        for (var need = 0; need < plan.Needs.Length; need++)
        {
            if (!search.Free(need, cell).Any()) return need;
        }
        return -1;
    }

    private static ImmutableArray<string> Ids(IEnumerable<Resource> resources) => [.. resources.Select(one => one.Id)];
}
