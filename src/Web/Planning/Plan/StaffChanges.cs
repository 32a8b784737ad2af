using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>Where staff want an appointment instead.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="Revision">The appointment's revision as they saw it.</param>
/// <param name="Start">When it shall begin.</param>
public sealed record MoveWish(long Id, int Revision, Instant Start)
{
    /// <summary>How long it shall take; as long as it does, if null.</summary>
    public int? Minutes { get; init; }

    /// <summary>Who or what shall serve it instead of somebody or something else.</summary>
    public ImmutableArray<Exchange> Exchanges { get; init; } = [];

    /// <summary>Whether the owner is told.</summary>
    public bool Tell { get; init; }

    /// <summary>What the owner is told with it, like the reason; may be empty.</summary>
    public string Word { get; init; } = "";

    public Consent Consent { get; init; } = Consent.None;
}

/// <summary>What staff do with an appointment that is there. Each runs inside a change of the writer.</summary>
public static class StaffChanges
{
    /// <summary>Moves an appointment, or changes its length or who serves it; all its resources move together.</summary>
    public static PlanOutcome Move(Change change, Staff staff, MoveWish wish)
    {
        Holds.Release(change);
        if (Stale(change, wish.Id, wish.Revision, out var appointment) is { } stale) return stale;
        var visit = appointment!.Visit(change.Db);
        if (appointment.State is not (VisitState.Held or VisitState.Requested or VisitState.Booked)) return new PlanOutcome.Impossible(new Refusal.NoLongerPossible());
        var answer = change.Diary.Replace(visit, PlacementOf(change.Book.Practice, appointment, visit, wish), change.Now);
        if (StaffBookings.Stops(change, answer, wish.Consent, appointment.Id) is { } stopped) return stopped;

        var placed = (PlacingAnswer.Placed)answer;
        var before = Snapshot.Of(change.Db, appointment);
        Holds.Vacate(change, appointment);
        change.Db.Execute(
            """
            UPDATE appointment SET starts_at = $start, starts_local = $local, minutes = $minutes, vet = $vet, overrides = $overrides,
              revision = revision + 1, expires_at = min(expires_at, $start)
            WHERE id = $id
            """,
            ("$start", wish.Start.ToUnixTimeSeconds()), ("$local", Bookings.LocalStart(change, wish.Start)), ("$minutes", placed.Visit.Minutes),
            ("$vet", placed.Vet.Length == 0 ? null : placed.Vet), ("$overrides", StaffBookings.Overrides(placed)), ("$id", appointment.Id));
        Squeezes.Occupy(change, appointment.Id, placed, Planner.Of(staff), wish.Consent.SqueezeReason);
        AppointmentLink.Prolong(change, appointment.Id);
        var mail = wish.Tell ? StaffBookings.Tell(change, appointment.Id, appointment.State == VisitState.Held ? MailKind.PleaseConfirm : MailKind.Moved, wish.Word) : null;
        Audit.Add(change, staff.Actor, "appointment.moved", "appointment", appointment.Id);
        LastAct.Remember(change, Planner.Of(staff), new Act("moved", appointment.Id, appointment.Revision + 1, mail) { Before = before });
        return new PlanOutcome.Done(appointment.Id);
    }

    /// <summary>Calls an appointment off; its time is free at once, and its owner cannot take this back.</summary>
    public static PlanOutcome Cancel(Change change, Staff staff, CancelWish wish) => Cancel(change, Planner.Of(staff), wish);

    /// <summary>Calls an appointment off for whoever plans.</summary>
    public static PlanOutcome Cancel(Change change, Planner by, CancelWish wish)
    {
        Holds.Release(change);
        if (Stale(change, wish.Id, wish.Revision, out var appointment) is { } stale) return stale;
        if (appointment!.State is not (VisitState.Held or VisitState.Requested or VisitState.Booked)) return new PlanOutcome.Impossible(new Refusal.NoLongerPossible());
        var before = Snapshot.Of(change.Db, appointment);
        Holds.Vacate(change, appointment);
        change.Db.Execute(
            """
            UPDATE appointment SET state = 'cancelled', state_before = $before, expires_at = NULL, cancel_reason = $reason, revision = revision + 1
            WHERE id = $id
            """,
            ("$before", Appointment.Word(appointment.State)), ("$reason", wish.Reason), ("$id", appointment.Id));
        var mail = wish.Tell ? StaffBookings.Tell(change, appointment.Id, MailKind.Cancelled, wish.Word) : null;
        Audit.Add(change, by.Actor, "appointment.cancelled", "appointment", appointment.Id);
        LastAct.Remember(change, by, new Act("cancelled", appointment.Id, appointment.Revision + 1, mail) { Before = before });
        return new PlanOutcome.Done(appointment.Id);
    }

    /// <summary>Keeps what staff note on an appointment.</summary>
    public static PlanOutcome Note(Change change, Staff staff, NoteWish wish)
    {
        if (Stale(change, wish.Id, wish.Revision, out var appointment) is { } stale) return stale;
        change.Db.Execute(
            "UPDATE appointment SET staff_note = $note, emergency = $emergency, revision = revision + 1 WHERE id = $id",
            ("$note", wish.Note), ("$emergency", wish.Emergency ? 1 : 0), ("$id", appointment!.Id));
        change.Touch(appointment.Start);
        Audit.Add(change, staff.Actor, "appointment.noted", "appointment", appointment.Id);
        return new PlanOutcome.Done(appointment.Id);
    }

    /// <summary>What an appointment asks for at another time: whoever served it serves it again, if they can.</summary>
    private static Placement PlacementOf(Practice practice, Appointment appointment, Visit visit, MoveWish wish)
    {
        var has = visit.Occupancies.Select(one => one.Resource).Where(one => practice.Resources.Any(other => other.Id == one)).ToList();
        var replaced = wish.Exchanges.Select(one => Replaced(practice, has, one)).ToList();
        return new Placement(appointment.VisitType, [.. appointment.Animals.Select(one => one.Species)], wish.Start)
        {
            Minutes = wish.Minutes ?? appointment.Minutes,
            // The person it is with is the owner's or the practice's choice, not merely somebody who is free.
            Chosen = [.. wish.Exchanges.Select(one => one.To).Concat(has.Where(one => one == appointment.Vet && !replaced.Contains(one))).Where(one => one.Length > 0).Distinct()],
            Before = [.. has.Where(one => !replaced.Contains(one))],
        };
    }

    /// <summary>Whose place somebody new takes: that of the one named, or else of one of their own kind.</summary>
    private static string? Replaced(Practice practice, List<string> has, Exchange exchange)
    {
        if (exchange.To.Length == 0 || has.Contains(exchange.To)) return null;
        var kind = KindOf(exchange.To);
        return has.Contains(exchange.From) && KindOf(exchange.From) == kind ? exchange.From : has.Find(one => KindOf(one) == kind);

        ResourceKind? KindOf(string id) => practice.Resources.FirstOrDefault(one => one.Id == id)?.Kind;
    }

    private static PlanOutcome? Stale(Change change, long id, int revision, out Appointment? appointment)
    {
        appointment = Appointment.Load(change.Db, id);
        return appointment switch
        {
            null => new PlanOutcome.Gone(),
            { } now when now.Revision != revision => new PlanOutcome.Changed(now),
            _ => null,
        };
    }
}

/// <summary>One person, room or device for another.</summary>
/// <param name="From">Who or what shall serve it no longer; empty if all may stay.</param>
/// <param name="To">Who or what shall instead; empty if whatever is free may.</param>
public sealed record Exchange(string From, string To)
{
    /// <summary>Reads the pairs of a form. Sent once more, several fields of one name have become one.</summary>
    public static ImmutableArray<Exchange> Read(IFormCollection form) =>
        [.. form["von"].ToString().Split(',').Zip(form["nach"].ToString().Split(','), (from, to) => new Exchange(from, to))];
}

/// <summary>An appointment staff call off.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="Revision">Its revision as they saw it.</param>
/// <param name="Reason">Why, for the practice only.</param>
/// <param name="Tell">Whether the owner is told.</param>
public sealed record CancelWish(long Id, int Revision, string Reason, bool Tell)
{
    /// <summary>What the owner is told with it; may be empty.</summary>
    public string Word { get; init; } = "";
}

/// <summary>What staff note on an appointment.</summary>
public sealed record NoteWish(long Id, int Revision, string Note, bool Emergency);
