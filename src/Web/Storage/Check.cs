using NodaTime;
using NodaTime.Text;

namespace VetBooking.Web.Storage;

/// <summary>What must be true of every practice's database, whatever happened to it.</summary>
internal static class Check
{
    private static readonly (string Invariant, string Violations)[] Invariants =
    [
        ("a resource is taken twice", """
            SELECT count(*) FROM (
              SELECT starts_at < lag(ends_at) OVER (PARTITION BY resource_id ORDER BY starts_at) AS overlaps
              FROM (SELECT resource_id, starts_at, ends_at FROM occupancy UNION ALL SELECT resource_id, starts_at, ends_at FROM blocked_time))
            WHERE overlaps
            """),
        ("an appointment lies over something it was not squeezed in over", """
            SELECT count(*) FROM squeeze s JOIN (
              SELECT resource_id, starts_at, ends_at, appointment_id, NULL AS blocked_id FROM occupancy
              UNION ALL SELECT resource_id, starts_at, ends_at, appointment_id, NULL FROM squeeze
              UNION ALL SELECT resource_id, starts_at, ends_at, NULL, id FROM blocked_time) t
            ON t.resource_id = s.resource_id AND t.starts_at < s.ends_at AND t.ends_at > s.starts_at AND t.appointment_id IS NOT s.appointment_id
            WHERE NOT EXISTS (SELECT 1 FROM squeeze_over p
              WHERE (p.appointment_id = s.appointment_id AND (p.over_appointment_id = t.appointment_id OR p.over_blocked_time_id = t.blocked_id))
                 OR (p.appointment_id = t.appointment_id AND p.over_appointment_id = s.appointment_id))
            """),
        ("an appointment that takes place takes up nothing", """
            SELECT count(*) FROM appointment a
            WHERE state IN ('held', 'requested', 'booked') AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id)
              AND NOT EXISTS (SELECT 1 FROM squeeze s WHERE s.appointment_id = a.id)
              AND EXISTS (SELECT 1 FROM need n WHERE n.visit_type_id = a.visit_type_id)
            """),
        ("an appointment that is over still takes up time", """
            SELECT count(*) FROM (SELECT appointment_id FROM occupancy UNION ALL SELECT appointment_id FROM squeeze) o JOIN appointment a ON a.id = o.appointment_id
            WHERE a.state = 'lapsed' OR (a.state = 'cancelled' AND a.expires_at IS NULL)
            """),
        ("an appointment lies outside what it takes up", """
            SELECT count(*) FROM (SELECT appointment_id, starts_at, ends_at FROM occupancy UNION ALL SELECT appointment_id, starts_at, ends_at FROM squeeze) o
            JOIN appointment a ON a.id = o.appointment_id
            WHERE o.starts_at > a.starts_at OR o.ends_at < a.starts_at + a.minutes * 60
            """),
        ("an appointment has no animal", "SELECT count(*) FROM appointment a WHERE NOT EXISTS (SELECT 1 FROM appointment_animal WHERE appointment_id = a.id)"),
        ("an appointment booked online has no mail", """
            SELECT count(*) FROM answered a JOIN appointment t ON t.id = a.appointment_id
            WHERE t.online = 1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.appointment_id = a.appointment_id)
            """),
    ];

    /// <summary>Everything that is wrong, in words; empty if nothing is.</summary>
    public static List<string> Run(Db db)
    {
        var problems = new List<string>();
        problems.AddRange(db.Rows("PRAGMA integrity_check", row => row.GetString(0)).Where(line => line != "ok"));
        problems.AddRange(db.Rows("PRAGMA foreign_key_check", row => $"{row.GetString(0)} refers to {row.GetString(2)} that does not exist"));
        foreach (var (invariant, violations) in Invariants)
        {
            if (db.Number(violations) is var count && count > 0) problems.Add($"{invariant} ({count} times)");
        }
        if (Audit.FirstBroken(db) is { } entry) problems.Add($"the audit log was changed at entry {entry}");
        if (LocalTimesOff(db) is var off && off > 0) problems.Add($"an appointment's wall time is not what its instant is in the practice's zone ({off} times)");
        return problems;
    }

    private static int LocalTimesOff(Db db)
    {
        var zone = DateTimeZoneProviders.Tzdb[db.Row("SELECT zone FROM practice", row => row.GetString(0))!];
        var wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
        return db.Rows("SELECT starts_at, starts_local FROM appointment", row => (Start: row.GetInt64(0), Local: row.GetString(1)))
            .Count(row => wall.Format(Instant.FromUnixTimeSeconds(row.Start).InZone(zone).LocalDateTime) != row.Local);
    }
}
