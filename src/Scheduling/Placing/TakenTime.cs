using System.Collections.Immutable;

namespace VetBooking.Scheduling;

/// <summary>
/// What is taken of one resource's time. As a rule no two stretches share a cell, and one bit a cell says it all. A visit
/// that was squeezed in lies over another: such a stretch is kept by itself, so that either can go and the other stays.
/// </summary>
internal sealed class TakenTime
{
    private readonly CellSet single;
    private readonly ImmutableArray<CellRange> over;

    private TakenTime(CellSet single, ImmutableArray<CellRange> over)
    {
        (this.single, this.over) = (single, over);
        All = over.IsEmpty ? single : single.With(over);
    }

    /// <summary>The cells that are taken, by however many.</summary>
    public CellSet All { get; }

    public static TakenTime Nothing(CellRange window) => new(CellSet.Empty(window), []);

    public static TakenTime Of(CellRange window, List<CellRange> ranges)
    {
        var (reach, single, over) = (int.MinValue, new List<CellRange>(ranges.Count), ImmutableArray.CreateBuilder<CellRange>());
        foreach (var range in ranges.OrderBy(one => one.From))
        {
            if (range.From < reach) over.Add(range);
            else single.Add(range);
            reach = Math.Max(reach, range.To);
        }
        return new TakenTime(CellSet.Of(window, single), over.ToImmutable());
    }

    public TakenTime With(CellRange range) =>
        All.Count(range) > 0 ? new TakenTime(single, over.Add(range)) : new TakenTime(single.With(range), over);

    // Which of two equal stretches goes makes no difference.
    public TakenTime Without(CellRange range) =>
        over.Contains(range) ? new TakenTime(single, over.Remove(range)) : new TakenTime(single.Without(range), over);
}
