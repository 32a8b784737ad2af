using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Planning;

/// <summary>What kind of stretch a column shows behind and between its appointments.</summary>
public enum Ground
{
    /// <summary>Free: something can be entered here.</summary>
    Free,

    /// <summary>The practice is closed.</summary>
    Closed,

    /// <summary>Whoever it is has a break.</summary>
    Break,

    /// <summary>Whoever or whatever it is is not at work.</summary>
    Away,

    /// <summary>The time before or after a visit that it takes up, too.</summary>
    Buffer,
}

/// <summary>A stretch of a column without an appointment.</summary>
public readonly record struct Patch(Ground Ground, CellRange Range);

/// <summary>An appointment's place in its column: which lane of how many.</summary>
public readonly record struct Placed(BoardEntry Entry, int Lane, int Lanes);

/// <summary>One resource on one date, laid out.</summary>
public sealed record BoardColumn(string Resource, LocalDate Date, CellRange Shown)
{
    public required ImmutableArray<Placed> Entries { get; init; }
    public required ImmutableArray<BoardBlock> Blocks { get; init; }
    public required ImmutableArray<Patch> Patches { get; init; }

    /// <summary>What lies behind all of it.</summary>
    public ImmutableArray<BoardLayer> Layers { get; init; } = [];

    /// <summary>Lays a column out.</summary>
    public static BoardColumn Of(DayShape day, LocalDate date, CellRange shown, string resource, BoardRows rows)
    {
        var entries = rows.Entries[resource].Where(one => one.Taken.Overlaps(shown)).OrderBy(one => one.Visit.From).ThenBy(one => one.Id).ToList();
        var blocks = rows.Blocks[resource].Where(one => one.Range.Overlaps(shown)).ToImmutableArray();
        return new BoardColumn(resource, date, shown)
        {
            Entries = Lanes(entries),
            Blocks = blocks,
            Patches = [.. Patchwork(day, shown, resource, entries, blocks)],
        };
    }

    /// <summary>
    /// Side by side whatever overlaps: each takes the first lane that is free, and all that hang together share the width.
    /// </summary>
    private static ImmutableArray<Placed> Lanes(List<BoardEntry> entries)
    {
        var placed = ImmutableArray.CreateBuilder<Placed>(entries.Count);
        var (group, ends, reach) = (0, new List<int>(), int.MinValue);
        foreach (var entry in entries)
        {
            if (entry.Visit.From >= reach) CloseGroup();
            var lane = ends.FindIndex(end => end <= entry.Visit.From);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }
            ends[lane] = entry.Visit.To;
            reach = Math.Max(reach, entry.Visit.To);
            placed.Add(new Placed(entry, lane, 0));
        }
        CloseGroup();
        return placed.ToImmutable();

        void CloseGroup()
        {
            for (; group < placed.Count; group++)
            {
                var one = placed[group];
                // Both are marked: the one squeezed in and the one it lies over.
                placed[group] = one with { Lanes = ends.Count, Entry = ends.Count > 1 ? one.Entry with { IsSqueezed = true } : one.Entry };
            }
            ends.Clear();
        }
    }

    private static IEnumerable<Patch> Patchwork(DayShape day, CellRange shown, string resource, List<BoardEntry> entries, ImmutableArray<BoardBlock> blocks)
    {
        var ground = new Ground[shown.Length];
        var (open, working) = (day.Open, day.Working(resource));
        Array.Fill(ground, Ground.Closed);
        foreach (var one in open) Fill(one, Ground.Away);
        if (!working.IsEmpty) FillBreaks(new CellRange(working[0].From, working[^1].To));
        foreach (var one in working) Fill(one, Ground.Free);
        foreach (var one in entries) Fill(one.Taken, Ground.Buffer);
        // What an appointment or a blocked time covers itself needs no patch.
        var covered = new bool[shown.Length];
        foreach (var range in entries.Select(one => one.Visit).Concat(blocks.Select(one => one.Range)))
        {
            for (var cell = Math.Max(range.From, shown.From); cell < Math.Min(range.To, shown.To); cell++) covered[cell - shown.From] = true;
        }
        for (var at = 0; at < ground.Length;)
        {
            var from = at;
            while (at < ground.Length && ground[at] == ground[from] && covered[at] == covered[from]) at++;
            if (!covered[from]) yield return new Patch(ground[from], new CellRange(shown.From + from, shown.From + at));
        }

        void Fill(CellRange range, Ground with)
        {
            for (var cell = Math.Max(range.From, shown.From); cell < Math.Min(range.To, shown.To); cell++) ground[cell - shown.From] = with;
        }

        void FillBreaks(CellRange between)
        {
            for (var cell = Math.Max(between.From, shown.From); cell < Math.Min(between.To, shown.To); cell++)
            {
                if (ground[cell - shown.From] == Ground.Away) ground[cell - shown.From] = Ground.Break;
            }
        }
    }
}
