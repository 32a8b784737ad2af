using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Planning;

/// <summary>What staff should know of a stretch of time although it is free to them.</summary>
public enum LayerKind
{
    /// <summary>Kept for urgent cases: owners cannot book it yet.</summary>
    HeldBack,

    /// <summary>Busy by a calendar of the person's own.</summary>
    Elsewhere,
}

/// <summary>A stretch that lies behind a column's appointments and gaps and takes nothing away from them.</summary>
public readonly record struct BoardLayer(LayerKind Kind, CellRange Range)
{
    /// <summary>Everything that lies behind a resource's day, cut to what is shown.</summary>
    public static ImmutableArray<BoardLayer> Of(DayShape day, string resource, CellRange shown, Instant now) =>
    [
        .. day.HeldBack(resource, now).Select(range => new BoardLayer(LayerKind.HeldBack, range))
            .Concat(day.BusyElsewhere(resource).Select(range => new BoardLayer(LayerKind.Elsewhere, range)))
            .Where(one => one.Range.Overlaps(shown)).OrderBy(one => one.Range.From),
    ];
}
