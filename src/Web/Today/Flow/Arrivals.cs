using VetBooking.Scheduling.Flow;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Flow;

/// <summary>What came of pressing a button: where they are now, and why not, if not. Nothing if there is nobody of that id.</summary>
public readonly record struct StepOutcome(Arrival? Arrival, StepRefusal? Refusal);

/// <summary>Takes people through the practice, one step at a time. Each is safe to repeat.</summary>
public sealed class Arrivals(Writer writer)
{
    /// <summary>Takes a step.</summary>
    /// <param name="actor">Who presses the button.</param>
    /// <param name="account">Their account.</param>
    /// <param name="visitee">Who takes the step.</param>
    /// <param name="step">Which.</param>
    /// <param name="seen">The revision of what was on the page with the button.</param>
    public Task<StepOutcome> Take(Actor actor, long account, Visitee visitee, Step step, int seen) => writer.Write(change =>
    {
        if (WhyNotNow(change, visitee, step) is not { } when) return default;
        var arrival = Arrival.Load(change.Db, visitee);
        if (arrival.Step == step) return new StepOutcome(arrival, null);
        if ((Steps.WhyNot(arrival.Position, step, seen) ?? when.Refusal) is { } refusal) return new StepOutcome(arrival, refusal);
        Save(change, visitee, step, account);
        Audit.Add(change, actor, Act(step), visitee.Kind, visitee.Id);
        return new StepOutcome(Arrival.Load(change.Db, visitee), null);
    });

    /// <summary>Takes the last step back.</summary>
    public Task<StepOutcome> TakeBack(Actor actor, Visitee visitee, int seen) => writer.Write(change =>
    {
        var arrival = Arrival.Load(change.Db, visitee);
        if (arrival == Arrival.None) return default;
        // Somebody with a number has come: that is how they got it.
        if (arrival.Step == (visitee.WalkIn is null ? Step.Expected : Step.Arrived)) return new StepOutcome(arrival, null);
        if (arrival.Revision != seen) return new StepOutcome(arrival, StepRefusal.ChangedMeanwhile);
        change.Db.Execute(Clearing(arrival.Step), ("$appointment", visitee.Appointment), ("$walkIn", visitee.WalkIn));
        Touch(change, visitee);
        Audit.Add(change, actor, "step.taken-back", visitee.Kind, visitee.Id);
        return new StepOutcome(Arrival.Load(change.Db, visitee), null);
    });

    /// <summary>Writes a step down; the caller has made sure that it can be taken.</summary>
    internal static void Save(Change change, Visitee visitee, Step step, long account)
    {
        change.Db.Execute(
            "INSERT INTO arrival (appointment_id, walk_in_id) SELECT $appointment, $walkIn WHERE NOT EXISTS (SELECT 1 FROM arrival WHERE appointment_id IS $appointment AND walk_in_id IS $walkIn)",
            ("$appointment", visitee.Appointment), ("$walkIn", visitee.WalkIn));
        change.Db.Execute(
            Setting(step),
            ("$appointment", visitee.Appointment), ("$walkIn", visitee.WalkIn), ("$now", change.Now.ToUnixTimeSeconds()), ("$account", account));
        Touch(change, visitee);
    }

    /// <summary>Boards and waiting rooms that show it are told.</summary>
    private static void Touch(Change change, Visitee visitee)
    {
        if (visitee.Appointment is null) change.Touch(change.Now);
        else if (Appointment.Load(change.Db, visitee.Id) is { } appointment) change.Touch(appointment.Start);
    }

    private readonly record struct Possible(StepRefusal? Refusal);

    private static Possible? WhyNotNow(Change change, Visitee visitee, Step step)
    {
        if (visitee.WalkIn is { } number) return change.Db.Number("SELECT count(*) FROM walk_in WHERE id = $id", ("$id", number)) == 0 ? null : new Possible(null);
        return Appointment.Load(change.Db, visitee.Id) is { } appointment
            ? new Possible(Steps.WhyNotNow(appointment.State, appointment.Start, step, change.Now, change.Book.Practice.Zone))
            : null;
    }

    private static string Setting(Step step) => step switch
    {
        // Whoever comes late has come, after all.
        Step.Arrived => "UPDATE arrival SET arrived_at = $now, arrived_by = $account, no_show_at = NULL, no_show_by = NULL, waived_at = NULL, revision = revision + 1" + Whose,
        Step.Called => "UPDATE arrival SET called_at = $now, called_by = $account, revision = revision + 1" + Whose,
        Step.InRoom => "UPDATE arrival SET room_at = $now, room_by = $account, revision = revision + 1" + Whose,
        Step.Done => "UPDATE arrival SET done_at = $now, done_by = $account, revision = revision + 1" + Whose,
        _ => "UPDATE arrival SET no_show_at = $now, no_show_by = $account, revision = revision + 1" + Whose,
    };

    private static string Clearing(Step step) => step switch
    {
        Step.Arrived => "UPDATE arrival SET arrived_at = NULL, arrived_by = NULL, revision = revision + 1" + Whose,
        Step.Called => "UPDATE arrival SET called_at = NULL, called_by = NULL, revision = revision + 1" + Whose,
        Step.InRoom => "UPDATE arrival SET room_at = NULL, room_by = NULL, revision = revision + 1" + Whose,
        Step.Done => "UPDATE arrival SET done_at = NULL, done_by = NULL, revision = revision + 1" + Whose,
        _ => "UPDATE arrival SET no_show_at = NULL, no_show_by = NULL, waived_at = NULL, revision = revision + 1" + Whose,
    };

    private const string Whose = " WHERE appointment_id IS $appointment AND walk_in_id IS $walkIn";

    private static string Act(Step step) => step switch
    {
        Step.Arrived => "visit.arrived",
        Step.Called => "visit.called",
        Step.InRoom => "visit.in-room",
        Step.Done => "visit.done",
        _ => "visit.missed",
    };
}
