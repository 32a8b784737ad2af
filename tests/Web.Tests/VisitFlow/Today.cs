using VetBooking.Tests.Running;

namespace VetBooking.Tests.VisitFlow;

/// <summary>What the demo practice has in its diary on the day the tests begin.</summary>
internal static class Today
{
    /// <summary>The first appointment of the day.</summary>
    public static long FirstVisit(RunningPractice practice) => practice.Db.Number(
        "SELECT id FROM appointment WHERE state = 'booked' AND substr(starts_local, 1, 10) = '2026-11-23' AND starts_at > $now ORDER BY starts_at, id LIMIT 1",
        ("$now", PracticeFixture.Monday.ToUnixTimeSeconds()));

    /// <summary>One number of an appointment's arrival; 0 for none.</summary>
    public static long Arrival(RunningPractice practice, long visit, string column) =>
        practice.Db.Number($"SELECT coalesce({column}, 0) FROM arrival WHERE appointment_id = $id", ("$id", visit));
}
