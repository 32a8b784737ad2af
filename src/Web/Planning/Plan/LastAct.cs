using System.Text.Json;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>Something a session did that it can take back.</summary>
/// <param name="Word">What: made, moved, cancelled, blocked, unblocked.</param>
/// <param name="Id">The appointment, or the first blocked time.</param>
/// <param name="Revision">The appointment's revision right after it.</param>
/// <param name="Mail">The mail that told the owner; null if none did.</param>
internal sealed record Act(string Word, long Id, int Revision, long? Mail)
{
    /// <summary>The appointment as it was.</summary>
    public Snapshot? Before { get; init; }

    /// <summary>The times that were blocked or freed.</summary>
    public IReadOnlyList<BlockRow> Blocked { get; init; } = [];
}

/// <summary>What came of taking something back.</summary>
public enum Undone
{
    /// <summary>All is as it was.</summary>
    Done,

    /// <summary>There is nothing to take back.</summary>
    Nothing,

    /// <summary>Somebody has changed it since, or has taken its time.</summary>
    TooLate,
}

/// <summary>Takes a session's last act back, if nothing has come of it since.</summary>
public static class LastAct
{
    /// <summary>Notes what a session did last; what it did before that can no longer be taken back.</summary>
    internal static void Remember(Change change, Planner by, Act act)
    {
        // A program has no screen with a button to take something back.
        if (by.Session is not { } session) return;
        change.Db.Execute(
            """
            INSERT INTO last_act (session_id, act, object_id, revision, before, mail_id, at) VALUES ($session, $act, $id, $revision, $before, $mail, $now)
            ON CONFLICT (session_id) DO UPDATE SET act = $act, object_id = $id, revision = $revision, before = $before, mail_id = $mail, at = $now
            """,
            ("$session", session), ("$act", act.Word), ("$id", act.Id), ("$revision", act.Revision),
            ("$before", JsonSerializer.Serialize(new Before(act.Before, act.Blocked), PlanJson.Default.Before)), ("$mail", act.Mail), ("$now", change.Now.ToUnixTimeSeconds()));
    }

    /// <summary>What a session could take back, as a word; null if nothing.</summary>
    public static string? Of(Db db, Staff staff) => Load(db, staff.Session.Id)?.Word;

    /// <summary>Takes back what the session did last.</summary>
    public static Undone TakeBack(Change change, Staff staff)
    {
        Holds.Release(change);
        if (Load(change.Db, staff.Session.Id) is not { } act) return Undone.Nothing;
        if (!(act.Word is "blocked" or "unblocked" ? TakeBackBlocked(change, act) : TakeBackAppointment(change, act))) return Undone.TooLate;
        change.Db.Execute("DELETE FROM last_act WHERE session_id = $session", ("$session", staff.Session.Id));
        Audit.Add(change, staff.Actor, "act.undone", act.Word is "blocked" or "unblocked" ? "blocked-time" : "appointment", act.Id, act.Word);
        return Undone.Done;
    }

    private static bool TakeBackAppointment(Change change, Act act)
    {
        if (Appointment.Load(change.Db, act.Id) is not { } appointment || appointment.Revision != act.Revision) return false;
        var expected = act.Word switch { "cancelled" => "cancelled", "moved" => act.Before!.State, _ => "booked" };
        if (Appointment.Word(appointment.State) != expected) return false;
        if (act.Before is not { } before)
        {
            Holds.Vacate(change, appointment);
            change.Db.Execute(
                "UPDATE appointment SET state = 'cancelled', state_before = 'booked', taken_back = 1, revision = revision + 1 WHERE id = $id", ("$id", act.Id));
            Untell(change, act, MailKind.Cancelled);
            return true;
        }
        if (before.IsTaken(change.Db, act.Id)) return false;
        // A hold that has run out meanwhile would only lapse at once.
        if (before.Expires is { } expires && expires <= change.Now.ToUnixTimeSeconds()) return false;
        before.Restore(change, appointment);
        if (act.Word == "moved") Untell(change, act, MailKind.Moved);
        else if (!Untell(change, act, before.IsHeld ? MailKind.PleaseConfirm : MailKind.Restored)) TellAfterAll(change, act);
        return true;
    }

    private static bool TakeBackBlocked(Change change, Act act)
    {
        if (act.Word == "blocked")
        {
            var there = act.Blocked.All(one => change.Db.Number("SELECT count(*) FROM blocked_time WHERE id = $id", ("$id", one.Id)) > 0);
            if (there) BlockedTimes.Remove(change, act.Blocked);
            return there;
        }
        if (act.Blocked.Any(one => change.Diary.IsTaken(one.Stretch.Occupancy))) return false;
        BlockedTimes.Add(change, act.Blocked, null);
        return true;
    }

    /// <summary>A mail not yet on its way stays here; whoever has it already gets another one. Answers whether one was written.</summary>
    private static bool Untell(Change change, Act act, MailKind instead) =>
        act.Mail is not null
        && change.Db.Execute("DELETE FROM outbox WHERE id = $id AND state = 'waiting' AND attempts = 0", ("$id", act.Mail)) == 0
        && StaffBookings.Tell(change, act.Id, instead) is not null;

    /// <summary>What the owner was to be told last, and was not because the cancellation had made it untrue when its turn came.</summary>
    private static void TellAfterAll(Change change, Act act) => change.Db.Execute(
        """
        UPDATE outbox SET state = 'waiting', due_at = $now
        WHERE state = 'void' AND (channel = 'mail' OR EXISTS (SELECT 1 FROM gateway))
          AND id IN (SELECT max(id) FROM outbox WHERE appointment_id = $appointment GROUP BY channel)
        """,
        ("$appointment", act.Id), ("$now", change.Now.ToUnixTimeSeconds()));

    private static Act? Load(Db db, long session) => db.Row(
        "SELECT act, object_id, revision, before, mail_id FROM last_act WHERE session_id = $session",
        row =>
        {
            var before = JsonSerializer.Deserialize(row.GetString(3), PlanJson.Default.Before)!;
            return new Act(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.Number(4)) { Before = before.Appointment, Blocked = before.Blocked };
        },
        ("$session", session));
}
