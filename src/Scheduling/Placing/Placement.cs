using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>What staff want: a visit that starts exactly then, whatever the grid. Owners ask by <see cref="VisitRequest"/>.</summary>
public sealed record Placement(string VisitType, ImmutableArray<string> Species, Instant Start)
{
    /// <summary>The longest visit staff can enter.</summary>
    public const int MostMinutes = 12 * 60;

    /// <summary>How long it takes; as long as the visit type says, if null.</summary>
    public int? Minutes { get; init; }

    /// <summary>Resources chosen by name. They are taken whatever they can do; what else the visit needs is found for it.</summary>
    public ImmutableArray<string> Chosen { get; init; } = [];

    /// <summary>Resources the visit had so far; preferred to others that could serve as well.</summary>
    public ImmutableArray<string> Before { get; init; } = [];
}

/// <summary>What becomes of a placement.</summary>
public abstract record PlacingAnswer
{
    private PlacingAnswer() { }

    /// <summary>The visit as it would be, and everything that speaks against it.</summary>
    /// <param name="Visit">The visit with what it takes up.</param>
    /// <param name="Vet">The person it is with; empty if there is none.</param>
    /// <param name="Against">The practice's own rules it goes against; staff may override them, knowing which.</param>
    /// <param name="InTheWay">Those of its occupancies that lie over something else: never, unless it is squeezed in.</param>
    public sealed record Placed(Visit Visit, string Vet, ImmutableArray<Refusal> Against, ImmutableArray<Occupancy> InTheWay) : PlacingAnswer;

    /// <summary>Nothing staff could say would make a visit of it.</summary>
    public sealed record Impossible(Refusal Because) : PlacingAnswer;
}
