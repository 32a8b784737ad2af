using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;

namespace VetBooking.Web.Planning;

/// <summary>What staff have already been told about a plan of theirs and want all the same.</summary>
/// <param name="Override">Whether the practice's own rules may be broken.</param>
/// <param name="SqueezeReason">Why it may lie over something else; it may not, if empty.</param>
public sealed record Consent(bool Override, string SqueezeReason)
{
    /// <summary>Nothing out of the ordinary.</summary>
    public static readonly Consent None = new(false, "");
}

/// <summary>What already has a time that is wanted.</summary>
/// <param name="Appointment">The appointment; null if it is a time staff blocked.</param>
/// <param name="BlockedTime">The blocked time; null if it is an appointment.</param>
/// <param name="Resource">Whose time it is.</param>
/// <param name="Words">The animals' names, or why the time is blocked.</param>
/// <param name="From">From when it has the resource, buffers included.</param>
/// <param name="To">Until when.</param>
public sealed record Neighbour(long? Appointment, long? BlockedTime, string Resource, string Words, Instant From, Instant To);

/// <summary>What comes of something staff plan.</summary>
public abstract record PlanOutcome
{
    private PlanOutcome() { }

    /// <summary>It is done; the id is the appointment's or the blocked time's.</summary>
    public sealed record Done(long Id) : PlanOutcome;

    /// <summary>Nothing is done yet: staff must say whether they want it all the same.</summary>
    /// <param name="Against">The rules it goes against; <see cref="Consent.Override"/> lets it pass.</param>
    /// <param name="InTheWay">What has the time already; only <see cref="Consent.SqueezeReason"/> lets it pass.</param>
    public sealed record Asks(ImmutableArray<Refusal> Against, ImmutableArray<Neighbour> InTheWay) : PlanOutcome;

    /// <summary>It cannot be done, whoever wants it.</summary>
    public sealed record Impossible(Refusal Because) : PlanOutcome;

    /// <summary>Somebody else changed the appointment meanwhile: this is what it is now.</summary>
    public sealed record Changed(Appointment Now) : PlanOutcome;

    /// <summary>There is no such thing any more.</summary>
    public sealed record Gone : PlanOutcome;
}
