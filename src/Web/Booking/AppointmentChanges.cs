using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Flow;

namespace VetBooking.Web.Booking;

/// <summary>What came of acting on a link: the appointment as it now is, or why not; neither if the link opens nothing.</summary>
public readonly record struct LinkOutcome(Appointment? Appointment, Refusal? Refusal);

/// <summary>What the holder of a mailed link can do: confirm, move, cancel, take the cancellation back. Each is safe to repeat.</summary>
public sealed class AppointmentChanges(Writer writer, Limits limits, MailSignal mail)
{
    /// <summary>Confirms a hold.</summary>
    public Task<LinkOutcome> Confirm(string token) => Act(token, (change, appointment) =>
    {
        if (appointment.State == VisitState.Booked || (appointment.State == VisitState.Requested && IsProved(change, appointment))) return null;
        // The visit type may have been taken off the list meanwhile; the hold still is what it was.
        var type = change.Book.Practice.VisitType(appointment.VisitType);
        var (state, refusal) = type is null ? (VisitState.Booked, null) : Changing.Confirm(type, appointment.State, IsKnown(change, appointment));
        if (refusal is Refusal.KnownOwnersOnly)
        {
            Holds.Vacate(change, appointment);
            change.Db.Execute("UPDATE appointment SET state = 'lapsed', expires_at = NULL WHERE id = $id", ("$id", appointment.Id));
            limits.HoldsNoMore(appointment.Id);
            Audit.Add(change, Actor.Owner, "appointment.lapsed", "appointment", appointment.Id);
        }
        if (refusal is not null) return refusal;
        var owner = OwnerOf(change, appointment);
        state = NoShows.StateFor(change, state, owner);
        change.Db.Execute(
            "UPDATE appointment SET state = $state, expires_at = $expires, owner_id = $owner, revision = revision + 1 WHERE id = $id",
            ("$state", Appointment.Word(state)), ("$expires", Holds.EndFor(change, state, appointment.VisitType, appointment.Start)?.ToUnixTimeSeconds()),
            ("$owner", owner), ("$id", appointment.Id));
        KnownAnimals.Recognise(change.Db, appointment.Id);
        Outbox.Add(change, appointment.Id, state == VisitState.Requested ? MailKind.Requested : MailKind.Confirmed);
        Audit.Add(change, Actor.Owner, "appointment.confirmed", "appointment", appointment.Id);
        limits.HoldsNoMore(appointment.Id);
        return null;
    });

    /// <summary>Cancels. For a quarter of an hour the time stays theirs, so that they can take it back.</summary>
    public Task<LinkOutcome> Cancel(string token) => Act(token, (change, appointment) =>
    {
        if (appointment.State == VisitState.Cancelled) return null;
        if (Changing.Cancel(change.Book.Practice, appointment.Visit(change.Db), appointment.State, change.Now) is { } refusal) return refusal;
        change.Db.Execute(
            "UPDATE appointment SET state = 'cancelled', state_before = $before, expires_at = $until, revision = revision + 1 WHERE id = $id",
            ("$before", Appointment.Word(appointment.State)), ("$id", appointment.Id),
            ("$until", Instant.Min(change.Now + Changing.UndoTime, appointment.Start).ToUnixTimeSeconds()));
        if (appointment.State != VisitState.Held) Outbox.Add(change, appointment.Id, MailKind.Cancelled);
        Audit.Add(change, Actor.Owner, "appointment.cancelled", "appointment", appointment.Id);
        limits.HoldsNoMore(appointment.Id);
        return null;
    });

    /// <summary>Takes a cancellation back while the time is still theirs.</summary>
    public Task<LinkOutcome> TakeBack(string token) => Act(token, (change, appointment) =>
    {
        if (appointment.State is VisitState.Booked or VisitState.Requested or VisitState.Held) return null;
        if (appointment is not { State: VisitState.Cancelled, Expires: not null, StateBefore: { } before }) return new Refusal.NoLongerPossible();
        var expires = Holds.EndFor(change, before, appointment.VisitType, appointment.Start);
        change.Db.Execute(
            "UPDATE appointment SET state = $state, state_before = NULL, expires_at = $expires, revision = revision + 1 WHERE id = $id",
            ("$state", Appointment.Word(before)), ("$expires", expires?.ToUnixTimeSeconds()), ("$id", appointment.Id));
        Outbox.Add(change, appointment.Id, before == VisitState.Held ? MailKind.PleaseConfirm : MailKind.Restored);
        Audit.Add(change, Actor.Owner, "appointment.restored", "appointment", appointment.Id);
        return null;
    });

    /// <summary>Moves to another start. The old time is given up in the same transaction that takes the new one, never before.</summary>
    public Task<LinkOutcome> Move(string token, Instant start, string? vet) => Act(token, (change, appointment) =>
    {
        if (appointment.Start == start && (vet is null || vet == appointment.Vet)) return null;
        if (CannotMove(change.Book.Practice, appointment) is { } never) return never;
        var answer = change.Diary.Move(appointment.Visit(change.Db), RequestOf(appointment, vet), start, change.Now);
        if (answer is BookingAnswer.Refused refused) return refused.Because;
        var accepted = (BookingAnswer.Accepted)answer;
        Holds.Vacate(change, appointment);
        change.Db.Execute(
            """
            UPDATE appointment SET starts_at = $start, starts_local = $local, minutes = $minutes, vet = $vet, overrides = '',
              revision = revision + 1, expires_at = min(expires_at, $start)
            WHERE id = $id
            """,
            ("$start", start.ToUnixTimeSeconds()), ("$local", Bookings.LocalStart(change, start)), ("$minutes", accepted.Visit.Minutes),
            ("$vet", accepted.Vet.Length == 0 ? null : accepted.Vet), ("$id", appointment.Id));
        Holds.Occupy(change, appointment.Id, accepted.Visit);
        AppointmentLink.Prolong(change, appointment.Id);
        Outbox.Add(change, appointment.Id, appointment.State == VisitState.Held ? MailKind.PleaseConfirm : MailKind.Moved);
        Audit.Add(change, Actor.Owner, "appointment.moved", "appointment", appointment.Id);
        return null;
    });

    /// <summary>The request that an appointment answers, for finding another time for it. It keeps its length: staff may have set it.</summary>
    public static VisitRequest RequestOf(Appointment appointment, string? vet) =>
        new(appointment.VisitType, [.. appointment.Animals.Select(animal => animal.Species)], vet) { Minutes = appointment.Minutes };

    /// <summary>Why an appointment cannot be moved by its owner, whatever the time; null if it can.</summary>
    public static Refusal? CannotMove(Practice practice, Appointment appointment) => appointment.State switch
    {
        // The practice has agreed to this very time; another one it must agree to again.
        VisitState.Booked when practice.VisitType(appointment.VisitType)?.Mode == BookingMode.OnRequest => new Refusal.NoLongerPossible(),
        VisitState.Held or VisitState.Requested or VisitState.Booked => null,
        _ => new Refusal.NoLongerPossible(),
    };

    private async Task<LinkOutcome> Act(string token, Func<Change, Appointment, Refusal?> act)
    {
        try
        {
            var outcome = await writer.Write(change =>
            {
                Holds.Release(change);
                if (AppointmentLink.Open(change.Db, token, LinkPurpose.Manage, change.Now) is not { } appointment) return default;
                var refusal = act(change, appointment);
                change.Touch(appointment.Start);
                return new LinkOutcome(Appointment.Load(change.Db, appointment.Id), refusal);
            });
            mail.Ring();
            return outcome;
        }
        catch (SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            var unchanged = await writer.Write(change => AppointmentLink.Open(change.Db, token, LinkPurpose.Manage, change.Now));
            return new LinkOutcome(unchanged, new Refusal.Taken());
        }
    }

    /// <summary>Whether somebody has confirmed it before: then it is an owner's.</summary>
    private static bool IsProved(Change change, Appointment appointment) =>
        change.Db.Number("SELECT count(*) FROM appointment WHERE id = $id AND owner_id IS NOT NULL", ("$id", appointment.Id)) > 0;

    /// <summary>Whether this address was here before: an earlier visit took place.</summary>
    private static bool IsKnown(Change change, Appointment appointment) => change.Db.Number(
        """
        SELECT count(*) FROM appointment
        WHERE state = 'booked' AND starts_at < $now AND email_key = (SELECT email_key FROM appointment WHERE id = $id)
        """,
        ("$now", change.Now.ToUnixTimeSeconds()), ("$id", appointment.Id)) > 0;

    /// <summary>The owner of an appointment whose mailed link was opened, known from now on.</summary>
    internal static long ProvedOwner(Change change, Appointment appointment)
    {
        if (change.Db.Row("SELECT owner_id FROM appointment WHERE id = $id", row => row.Number(0), ("$id", appointment.Id)) is { } known) return known;
        var owner = OwnerOf(change, appointment);
        change.Db.Execute("UPDATE appointment SET owner_id = $owner WHERE id = $id", ("$owner", owner), ("$id", appointment.Id));
        KnownAnimals.Recognise(change.Db, appointment.Id);
        return owner;
    }

    /// <summary>
    /// The owner whose address this is, now that it is proved; a new one if there is none. An owner that exists stays as it
    /// is: what was typed for this visit is kept with the visit, and the practice decides what it means.
    /// </summary>
    private static long OwnerOf(Change change, Appointment appointment)
    {
        var known = change.Db.Number(
            """
            SELECT id FROM owner o WHERE email_key = (SELECT email_key FROM appointment WHERE id = $id)
              AND NOT EXISTS (SELECT 1 FROM not_the_same n WHERE n.owner_id = o.id AND n.email_key = o.email_key)
            ORDER BY id LIMIT 1
            """,
            ("$id", appointment.Id));
        return known != 0 ? known : change.Db.Insert(
            """
            INSERT INTO owner (name, email, email_key, phone, confirmed_at, created_at)
            SELECT name, email, email_key, phone, $now, $now FROM appointment WHERE id = $id
            """,
            ("$now", change.Now.ToUnixTimeSeconds()), ("$id", appointment.Id));
    }
}
