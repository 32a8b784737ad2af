using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>What the practice decides on a booking that waits.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="Revision">Its revision as the one who decides has seen it.</param>
/// <param name="Says">Yes or no.</param>
/// <param name="Answer">What is said to the owner with it; may be empty.</param>
public sealed record Decision(long Id, int Revision, bool Says, string Answer);

/// <summary>What came of a decision.</summary>
public abstract record DecisionOutcome
{
    private DecisionOutcome() { }

    /// <summary>It holds; the appointment as it now is.</summary>
    public sealed record Decided(Appointment Appointment) : DecisionOutcome;

    /// <summary>Somebody was quicker, or its owner has moved it: as it now is.</summary>
    public sealed record Changed(Appointment Appointment) : DecisionOutcome;

    /// <summary>There is no such appointment.</summary>
    public sealed record Gone : DecisionOutcome;
}

/// <summary>Decides requests, and holds whose owner does so by phone.</summary>
public sealed class Decisions(Writer writer, Limits limits, MailSignal mail)
{
    /// <summary>Says yes or no, and tells the owner.</summary>
    public async Task<DecisionOutcome> Decide(Staff staff, Decision decision)
    {
        var outcome = await writer.Write(change => Decide(change, staff, decision));
        mail.Ring();
        return outcome;
    }

    private DecisionOutcome Decide(Change change, Staff staff, Decision decision)
    {
        Holds.Release(change);
        if (Appointment.Load(change.Db, decision.Id) is not { } appointment) return new DecisionOutcome.Gone();
        if (appointment.State is not (VisitState.Held or VisitState.Requested) || appointment.Revision != decision.Revision) return new DecisionOutcome.Changed(appointment);
        if (decision.Says)
        {
            change.Db.Execute("UPDATE appointment SET state = 'booked', expires_at = NULL, answer = $answer, revision = revision + 1 WHERE id = $id",
                ("$answer", decision.Answer), ("$id", decision.Id));
        }
        else
        {
            Holds.Vacate(change, appointment);
            change.Db.Execute(
                "UPDATE appointment SET state = 'cancelled', state_before = state, expires_at = NULL, answer = $answer, revision = revision + 1 WHERE id = $id",
                ("$answer", decision.Answer), ("$id", decision.Id));
        }
        change.Touch(appointment.Start);
        limits.HoldsNoMore(decision.Id);
        Outbox.Add(change, decision.Id, decision.Says ? MailKind.Confirmed : MailKind.Declined);
        Audit.Add(change, staff.Actor, decision.Says ? "appointment.approved" : "appointment.declined", "appointment", decision.Id);
        return new DecisionOutcome.Decided(Appointment.Load(change.Db, decision.Id)!);
    }
}
