using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>A stretch of one resource's time that a visit takes up, buffers and travel included.</summary>
public readonly record struct Occupancy(string Resource, CellRange Range);

/// <summary>A visit as the diary holds it. <paramref name="Minutes"/> is what owners see; buffers are in the occupancies.</summary>
public sealed record Visit(string VisitType, Instant Start, int Minutes, ImmutableArray<Occupancy> Occupancies);

/// <summary>Who asks.</summary>
public enum Booker { Owner, Staff }

/// <summary>What somebody would like: a visit type for some animals, perhaps with one person.</summary>
/// <param name="VisitType">Id of the visit type.</param>
/// <param name="Species">The species of each animal, one to six.</param>
/// <param name="Vet">Id of the person asked for; null if anybody will do.</param>
/// <param name="Booker">Who asks; staff are not bound by the rules made for owners.</param>
public sealed record VisitRequest(string VisitType, ImmutableArray<string> Species, string? Vet = null, Booker Booker = Booker.Owner)
{
    /// <summary>How long it shall take, a whole number of cells; what the visit type says for these animals, if null.</summary>
    public int? Minutes { get; init; }

    /// <summary>The most animals one visit may have.</summary>
    public const int MostAnimals = 6;
}

/// <summary>A start that can be booked, and the person who would be there.</summary>
public readonly record struct FreeStart(Instant Start, string Vet);

/// <summary>One date with its free starts in order. Closed days say why, full days are open with no starts.</summary>
public sealed record FreeDay(LocalDate Date, ImmutableArray<FreeStart> Starts, bool IsOpen, Closure? Closure);

/// <summary>What a booking comes to.</summary>
public abstract record BookingAnswer
{
    private BookingAnswer() { }

    /// <summary>It can be done; the caller saves this visit in the state given.</summary>
    public sealed record Accepted(Visit Visit, string Vet, VisitState State) : BookingAnswer;

    /// <summary>It cannot be done, and this is why.</summary>
    public sealed record Refused(Refusal Because) : BookingAnswer;
}

/// <summary>The states a visit can be in. Held, requested and booked visits occupy their resources.</summary>
public enum VisitState
{
    /// <summary>Waits for the owner to confirm by the link in the mail.</summary>
    Held,

    /// <summary>Waits for the practice to decide.</summary>
    Requested,

    /// <summary>Will take place.</summary>
    Booked,

    /// <summary>Called off; for a short while it can be taken back and still occupies its time.</summary>
    Cancelled,

    /// <summary>A hold or a request that nobody answered in time.</summary>
    Lapsed,
}
