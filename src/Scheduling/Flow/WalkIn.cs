using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling.Flow;

/// <summary>How soon somebody without an appointment must be seen; the sooner, the smaller.</summary>
public enum Urgency { Emergency, Soon, Normal }

/// <summary>The open consultation of one day, in wall times, with how many have been given a number.</summary>
public sealed record WalkInWindow(long Id, LocalTime From, LocalTime To, int Capacity, int Given)
{
    public bool IsFull => Given >= Capacity;
}

/// <summary>Why somebody cannot be given a number.</summary>
public enum NumberRefusal { NoneToday, Over, Full }

/// <summary>Somebody who waits with a number.</summary>
public readonly record struct Waiting(long Id, int Number, Urgency Urgency);

/// <summary>The rules of the open consultation.</summary>
public static class OpenConsultation
{
    /// <summary>Why no number of this window can be given at this moment; null if one can. Whoever comes too early waits at the door, with a number.</summary>
    public static NumberRefusal? WhyNoNumber(WalkInWindow? window, LocalTime now)
    {
        if (window is null) return NumberRefusal.NoneToday;
        if (now >= window.To) return NumberRefusal.Over;
        return window.IsFull ? NumberRefusal.Full : null;
    }

    /// <summary>Who comes next: the most urgent first, and among them the lowest number.</summary>
    public static ImmutableArray<Waiting> Order(IEnumerable<Waiting> waiting) => [.. waiting.OrderBy(one => one.Urgency).ThenBy(one => one.Number)];
}
