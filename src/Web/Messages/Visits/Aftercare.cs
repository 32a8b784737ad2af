using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Visits;

/// <summary>
/// What the practice says some hours after a visit of a kind: thanks, what to watch for, when to call. Nothing is planned
/// ahead, as with <see cref="Reminders"/>. Whoever did not come gets none.
/// </summary>
internal static class Aftercare
{
    /// <summary>Later than this the words no longer fit.</summary>
    private static readonly Duration TooLate = Duration.FromDays(2);

    private const long LongestStretch = 3600;

    /// <summary>An index finds what began in a stretch; no visit is longer than this many seconds.</summary>
    private const long LongestVisit = 86400;

    /// <summary>When the next is due; null if none will be.</summary>
    public static Instant? NextDue(Db db) => db.Row(
        """
        SELECT min((
          SELECT a.starts_at + a.minutes * 60 + t.aftercare_hours * 3600 FROM appointment a
          WHERE a.starts_at > p.cared_until - t.aftercare_hours * 3600 - $longest AND a.starts_at + a.minutes * 60 > p.cared_until - t.aftercare_hours * 3600
            AND a.visit_type_id = t.id AND a.state = 'booked' AND a.email <> ''
          ORDER BY a.starts_at LIMIT 1))
        FROM practice p, visit_type t WHERE t.aftercare_hours IS NOT NULL
        """,
        row => row.Number(0), ("$longest", LongestVisit)) is { } due ? Instant.FromUnixTimeSeconds(due) : null;

    /// <summary>Puts what has come due since the last time into the outbox, once for each visit.</summary>
    public static void Settle(Change change)
    {
        var now = change.Now.ToUnixTimeSeconds();
        var since = change.Db.Number("SELECT cared_until FROM practice");
        var due = change.Db.Rows(
            """
            SELECT a.id, a.starts_at + a.minutes * 60 + t.aftercare_hours * 3600 FROM visit_type t
            JOIN appointment a ON a.visit_type_id = t.id
              AND a.starts_at > $since - t.aftercare_hours * 3600 - $longest AND a.starts_at <= $now - t.aftercare_hours * 3600
            LEFT JOIN arrival r ON r.appointment_id = a.id
            WHERE t.aftercare_hours IS NOT NULL AND a.state = 'booked' AND a.email <> '' AND r.no_show_at IS NULL
              AND a.starts_at + a.minutes * 60 + t.aftercare_hours * 3600 > $since AND a.starts_at + a.minutes * 60 + t.aftercare_hours * 3600 <= $now
            """,
            row => (Id: row.GetInt64(0), At: Instant.FromUnixTimeSeconds(row.GetInt64(1))),
            ("$since", since == 0 ? now : since), ("$now", now), ("$longest", LongestVisit));
        if (due.Count > 0 || now - since >= LongestStretch || NextDue(change.Db) <= change.Now) change.Db.Execute("UPDATE practice SET cared_until = $now", ("$now", now));
        foreach (var visit in due.Where(visit => change.Now - visit.At <= TooLate))
        {
            Outbox.Add(change, visit.Id, MailKind.Aftercare, QuietHours.Of(change).FirstMoment(change.Now));
        }
    }

    /// <summary>The practice's words after such a visit, in the language of the booking or else in German; empty if it has none.</summary>
    public static string Words(Db db, Appointment appointment) => db.Row(
        "SELECT words FROM aftercare WHERE visit_type_id = $type AND language IN ($language, 'de') ORDER BY language = 'de' LIMIT 1",
        row => row.GetString(0), ("$type", appointment.VisitType), ("$language", appointment.Language)) ?? "";
}
