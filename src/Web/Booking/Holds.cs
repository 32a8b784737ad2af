using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>
/// Gives time back when it is no longer anybody's: holds nobody confirmed, requests nobody answered, cancellations
/// nobody took back.
/// </summary>
public static class Holds
{
    private const int SqliteConstraint = 19;

    /// <summary>Releases everything that has run out by now. Answers how many appointments that were.</summary>
    public static int Release(Change change)
    {
        var due = change.Db.Rows(
            "SELECT id FROM appointment WHERE expires_at <= $now",
            row => row.GetInt64(0),
            ("$now", change.Now.ToUnixTimeSeconds()));
        foreach (var id in due)
        {
            var appointment = Appointment.Load(change.Db, id)!;
            Vacate(change, appointment);
            if (appointment.State == VisitState.Cancelled)
            {
                change.Db.Execute("UPDATE appointment SET expires_at = NULL WHERE id = $id", ("$id", id));
                continue;
            }
            change.Db.Execute("UPDATE appointment SET state = 'lapsed', expires_at = NULL WHERE id = $id", ("$id", id));
            Outbox.Add(change, id, MailKind.Lapsed);
            Audit.Add(change, Actor.Practice, "appointment.lapsed", "appointment", id);
        }
        return due.Count;
    }

    /// <summary>When the next hold, request or undo ends; null if none is open.</summary>
    public static Instant? NextEnd(Db db) => db.Row(
        "SELECT min(expires_at) FROM appointment WHERE expires_at IS NOT NULL",
        row => row.Number(0) is { } end ? Instant.FromUnixTimeSeconds(end) : (Instant?)null);

    /// <summary>Until when a time is kept for somebody whose visit is in this state; never beyond its start. Null if it needs no keeping.</summary>
    public static Instant? EndFor(Change change, VisitState state, string visitType, Instant start) => state switch
    {
        VisitState.Held => Instant.Min(change.Now + Duration.FromMinutes(change.Book.Profile.HoldMinutes), start),
        VisitState.Requested => Instant.Min(change.Now + (change.Book.Practice.VisitType(visitType)?.RequestLife ?? Duration.Zero), start),
        _ => null,
    };

    /// <summary>Takes an appointment's time out of the database and the diary.</summary>
    internal static void Vacate(Change change, Appointment appointment)
    {
        var visit = appointment.Visit(change.Db);
        change.Db.Execute("DELETE FROM occupancy WHERE appointment_id = $id", ("$id", appointment.Id));
        change.Db.Execute("DELETE FROM squeeze WHERE appointment_id = $id", ("$id", appointment.Id));
        change.Db.Execute("DELETE FROM squeeze_over WHERE appointment_id = $id", ("$id", appointment.Id));
        change.Diary = change.Diary.Without(visit);
        Touch(change, visit);
    }

    /// <summary>Notes that the dates of a visit look different: that it begins on, and those it reaches into.</summary>
    internal static void Touch(Change change, Visit visit)
    {
        change.Touch(visit.Start);
        foreach (var taken in visit.Occupancies)
        {
            change.Touch(Cells.Start(taken.Range.From));
            change.Touch(Cells.Start(taken.Range.To - 1));
        }
    }

    /// <summary>Whether this is the database's own guard against two at once: its trigger or the table's key.</summary>
    internal static bool IsOverlap(SqliteException error) =>
        error.SqliteErrorCode == SqliteConstraint && error.Message.Contains("occupancy", StringComparison.Ordinal);

    /// <summary>Puts a visit's time into the database and the diary.</summary>
    /// <exception cref="SqliteException">The database refuses because something else is there already.</exception>
    internal static void Occupy(Change change, long appointment, Visit visit)
    {
        foreach (var taken in visit.Occupancies) Occupy(change.Db, appointment, taken);
        change.Diary = change.Diary.With(visit);
        Touch(change, visit);
    }

    /// <summary>Puts one stretch into the database alone; the diary must get to know it, too.</summary>
    internal static void Occupy(Db db, long appointment, Occupancy taken) => db.Execute(
        "INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) VALUES ($resource, $from, $to, $appointment)",
        ("$resource", taken.Resource), ("$from", (long)taken.Range.From * Cells.Seconds), ("$to", (long)taken.Range.To * Cells.Seconds),
        ("$appointment", appointment));
}
