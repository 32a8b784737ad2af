using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>A booking that waits: a request for the practice, a hold for the owner.</summary>
public sealed record OpenRequest(Appointment Appointment, string Phone, string Note, bool IsKnown)
{
    /// <summary>Until when somebody must have decided; then the time is free again.</summary>
    public Instant Deadline => Appointment.Expires ?? Appointment.Start;
}

/// <summary>Everything that waits for a decision.</summary>
public static class OpenRequests
{
    private const int Most = 200;

    /// <summary>What waits, the sooner deadline first.</summary>
    public static List<OpenRequest> All(Db db, Instant now) =>
    [
        .. db.Rows(
            $"""
            SELECT id, phone, note, owner_id IS NOT NULL OR EXISTS (
              SELECT 1 FROM appointment b WHERE b.email_key = a.email_key AND b.email_key <> '' AND b.state = 'booked' AND b.starts_at < $now)
            FROM appointment a WHERE expires_at > $now AND state IN ('held', 'requested') ORDER BY expires_at, id LIMIT {Most}
            """,
            row => (Id: row.GetInt64(0), Phone: row.GetString(1), Note: row.GetString(2), IsKnown: row.GetBoolean(3)), ("$now", now.ToUnixTimeSeconds()))
            .Select(row => new OpenRequest(Appointment.Load(db, row.Id)!, row.Phone, row.Note, row.IsKnown)),
    ];

    /// <summary>The same, for whoever looks at a page.</summary>
    public static int Waiting(Staff staff) => staff.Visitor.Http.RequestServices.GetRequiredService<Readers>().Read(db => Count(db, staff.Now));

    /// <summary>How many requests the practice has yet to decide.</summary>
    public static int Count(Db db, Instant now) => (int)db.Number(
        "SELECT count(*) FROM appointment WHERE expires_at > $now AND state = 'requested'", ("$now", now.ToUnixTimeSeconds()));
}
