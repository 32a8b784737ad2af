using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>What other facts would make of the coming weeks, compared with those that hold: nothing is decided by it.</summary>
public sealed record Consequences
{
    /// <summary>The days whose opening hours differ, in order.</summary>
    public required ImmutableArray<DayChange> Days { get; init; }

    /// <summary>The visit types and animals for which owners can book more or fewer starts, in the practice's own order.</summary>
    public required ImmutableArray<StartsChange> Starts { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsNone => Days.IsEmpty && Starts.IsEmpty;

    /// <summary>Compares two diaries of one practice over so many calendar weeks, this one included.</summary>
    public static Consequences Of(Diary before, Diary after, Instant now, int weeks)
    {
        var today = before.DateOf(now);
        var monday = MondayOf(today);
        var days = new DateInterval(today, monday.PlusDays(weeks * 7 - 1));
        return new Consequences
        {
            Days = [.. days.Select(date => DayChange.Of(before, after, date)).Where(day => day is not null).Select(day => day!)],
            Starts = [.. Types(before, after).SelectMany(type => StartsOf(before, after, type, days, now))],
        };
    }

    /// <summary>
    /// Whether everything the visit takes up is there while it takes place. Buffers are left aside: they may lie outside.
    /// What lies beyond the days the diary covers is taken to be right.
    /// </summary>
    public static bool Fits(Diary diary, Visit visit)
    {
        var from = Cells.At(visit.Start);
        var during = new CellRange(from, from + Cells.Covering(visit.Minutes));
        return !diary.Window.Contains(during) || visit.Occupancies.All(taken => diary.IsAtWork(taken.Resource, during));
    }

    internal static LocalDate MondayOf(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);

    private static IEnumerable<string> Types(Diary before, Diary after) =>
        after.Practice.VisitTypes.Concat(before.Practice.VisitTypes).Select(type => type.Id).Distinct();

    private static IEnumerable<StartsChange> StartsOf(Diary before, Diary after, string type, DateInterval days, Instant now)
    {
        // Starts depend on the length alone: animals that take as long share a row.
        var lengths =
            from species in SpeciesOf(before, type).Union(SpeciesOf(after, type)).Order(StringComparer.Ordinal)
            group species by (MinutesOf(before, type, species), MinutesOf(after, type, species));
        foreach (var length in lengths)
        {
            var request = new VisitRequest(type, [length.First()]);
            var (then, instead) = (PerWeek(before, request, days, now), PerWeek(after, request, days, now));
            if (!then.SequenceEqual(instead)) yield return new StartsChange(type, [.. length], MondayOf(days.Start), [.. then], [.. instead]);
        }
    }

    private static int[] PerWeek(Diary diary, VisitRequest request, DateInterval days, Instant now)
    {
        var monday = MondayOf(days.Start);
        var starts = new int[Period.DaysBetween(monday, days.End) / 7 + 1];
        foreach (var day in diary.FreeStarts(request, days, now)) starts[Period.DaysBetween(monday, day.Date) / 7] += day.Starts.Length;
        return starts;
    }

    private static IEnumerable<string> SpeciesOf(Diary diary, string type) => diary.Practice.VisitType(type)?.MinutesBySpecies.Keys ?? [];

    private static int? MinutesOf(Diary diary, string type, string species) => diary.Practice.VisitType(type)?.MinutesFor([species]);
}

/// <summary>A day on which the practice would be open for longer or shorter.</summary>
/// <param name="Date">The day.</param>
/// <param name="MinutesBefore">Minutes it is open as things are.</param>
/// <param name="MinutesAfter">Minutes it would be open.</param>
/// <param name="Closure">Why it would be closed all day, if for a reason of its own.</param>
public sealed record DayChange(LocalDate Date, int MinutesBefore, int MinutesAfter, Closure? Closure)
{
    internal static DayChange? Of(Diary before, Diary after, LocalDate date)
    {
        var (then, instead) = (OpenOn(before, date), OpenOn(after, date));
        return then.Cells == instead.Cells && then.First == instead.First
            ? null
            : new DayChange(date, then.Cells * Cells.Minutes, instead.Cells * Cells.Minutes, after.Practice.ClosureOn(date));
    }

    // The first open cell, too: hours that only shift are a change.
    private static (int Cells, int First) OpenOn(Diary diary, LocalDate date)
    {
        var day = diary.Day(date).Range;
        if (!diary.Window.Contains(day)) return (0, 0);
        var first = day.From;
        while (first < day.To && !diary.Open.Contains(first)) first++;
        return (diary.Open.Count(day), first);
    }
}

/// <summary>How many starts owners can book, week by week, for some animals that take equally long.</summary>
/// <param name="VisitType">Id of the visit type.</param>
/// <param name="Species">The animals.</param>
/// <param name="Monday">The first week's Monday.</param>
/// <param name="Before">Starts in each week as things are.</param>
/// <param name="After">Starts in each week as they would be.</param>
public sealed record StartsChange(string VisitType, ImmutableArray<string> Species, LocalDate Monday, ImmutableArray<int> Before, ImmutableArray<int> After);
