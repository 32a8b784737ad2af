using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Forms;

/// <summary>An appointment to come, as a preview needs it.</summary>
public sealed record FutureVisit(long Id, string Number, Visit Visit);

/// <summary>The appointments to come that take place, as far as anybody knows.</summary>
internal static class FutureVisits
{
    public static IReadOnlyList<FutureVisit> Read(Db db, Instant now)
    {
        var taken = db.Rows(
            """
            SELECT a.id, a.number, a.visit_type_id, a.starts_at, a.minutes, o.resource_id, o.starts_at, o.ends_at
            FROM appointment a JOIN occupancy o ON o.appointment_id = a.id
            WHERE a.starts_at >= $now AND a.state IN ('held', 'requested', 'booked')
            ORDER BY a.starts_at, a.id
            """,
            row => (Id: row.GetInt64(0), Number: row.GetString(1), Type: row.GetString(2), Start: row.GetInt64(3), Minutes: row.GetInt32(4),
                Taken: Book.OccupancyOf(row.GetString(5), row.GetInt64(6), row.GetInt64(7))),
            ("$now", now.ToUnixTimeSeconds()));
        return [.. taken.GroupBy(row => row.Id, (id, rows) => Of(id, [.. rows]))];

        static FutureVisit Of(long id, ImmutableArray<(long Id, string Number, string Type, long Start, int Minutes, Occupancy Taken)> rows) =>
            new(id, rows[0].Number, new Visit(rows[0].Type, Instant.FromUnixTimeSeconds(rows[0].Start), rows[0].Minutes, [.. rows.Select(row => row.Taken)]));
    }
}
