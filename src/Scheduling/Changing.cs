using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>What can still happen to a visit once it is in the diary.</summary>
public static class Changing
{
    /// <summary>How long an owner can take a cancellation back; as long, the time stays theirs.</summary>
    public static readonly Duration UndoTime = Duration.FromMinutes(15);

    /// <summary>Why an owner can no longer move or cancel by the link; null if they can.</summary>
    public static Refusal? TooLate(Practice practice, Visit visit, Instant now)
    {
        var deadline = visit.Start - (practice.VisitType(visit.VisitType)?.CancelDeadline ?? Duration.Zero);
        return now >= deadline ? new Refusal.TooLateToChange(deadline) : null;
    }

    /// <summary>Whether an owner may cancel a visit in this state; null if so.</summary>
    public static Refusal? Cancel(Practice practice, Visit visit, VisitState state, Instant now) => state switch
    {
        // A hold or a request is nobody's plan yet: it can be dropped at any time before it begins.
        VisitState.Held or VisitState.Requested when now < visit.Start => null,
        VisitState.Booked => TooLate(practice, visit, now),
        _ => new Refusal.NoLongerPossible(),
    };

    /// <summary>What a held visit becomes when the owner confirms it, or why it cannot be confirmed.</summary>
    public static (VisitState State, Refusal? Refusal) Confirm(VisitType type, VisitState state, bool ownerIsKnown) => state switch
    {
        VisitState.Held when type.Audience == Audience.KnownOwners && !ownerIsKnown => (state, new Refusal.KnownOwnersOnly()),
        VisitState.Held => (VisitState.Booked, null),
        _ => (state, new Refusal.NoLongerPossible()),
    };
}
