using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>Puts visits of staff into the diary; those that lie over something else by the only door there is for that.</summary>
internal static class Squeezes
{
    /// <summary>Everything that has one of these stretches already, apart from the appointment itself.</summary>
    public static ImmutableArray<Neighbour> InTheWay(Db db, IEnumerable<Occupancy> stretches, long except = 0) =>
        [.. stretches.SelectMany(one => InTheWay(db, one, except)).DistinctBy(one => (one.Appointment, one.BlockedTime))];

    /// <summary>Saves what a visit takes up: whatever is free under the guard, the rest beside it, with who and why.</summary>
    public static void Occupy(Change change, long appointment, PlacingAnswer.Placed placed, Planner by, string reason)
    {
        foreach (var neighbour in InTheWay(change.Db, placed.InTheWay, appointment))
        {
            change.Db.Execute(
                "INSERT INTO squeeze_over (appointment_id, over_appointment_id, over_blocked_time_id) VALUES ($id, $other, $blocked)",
                ("$id", appointment), ("$other", neighbour.Appointment), ("$blocked", neighbour.BlockedTime));
        }
        foreach (var taken in placed.Visit.Occupancies)
        {
            if (!placed.InTheWay.Contains(taken)) Holds.Occupy(change.Db, appointment, taken);
            else Squeeze(change, new Squeezed(appointment, taken, by.Account, reason));
        }
        change.Diary = change.Diary.With(placed.Visit);
        Holds.Touch(change, placed.Visit);
        if (!placed.InTheWay.IsEmpty) Audit.Add(change, by.Actor, "appointment.squeezed-in", "appointment", appointment);
    }

    /// <summary>Saves one stretch that lies over another.</summary>
    public static void Squeeze(Change change, Squeezed one) => change.Db.Execute(
        """
        INSERT INTO squeeze (appointment_id, resource_id, starts_at, ends_at, account_id, reason, made_at)
        VALUES ($appointment, $resource, $from, $to, $account, $reason, $now)
        """,
        ("$appointment", one.Appointment), ("$resource", one.Taken.Resource), ("$from", (long)one.Taken.Range.From * Cells.Seconds),
        ("$to", (long)one.Taken.Range.To * Cells.Seconds), ("$account", one.Account), ("$reason", one.Reason), ("$now", change.Now.ToUnixTimeSeconds()));

    private static List<Neighbour> InTheWay(Db db, Occupancy stretch, long except) => db.Rows(
        """
        SELECT o.appointment_id, NULL, (SELECT group_concat(name, ', ') FROM appointment_animal WHERE appointment_id = o.appointment_id), o.starts_at, o.ends_at
        FROM (SELECT appointment_id, resource_id, starts_at, ends_at FROM occupancy
              UNION ALL SELECT appointment_id, resource_id, starts_at, ends_at FROM squeeze) o
        WHERE o.resource_id = $resource AND o.starts_at < $to AND o.ends_at > $from AND o.appointment_id <> $except
        UNION ALL
        SELECT NULL, id, reason, starts_at, ends_at FROM blocked_time WHERE resource_id = $resource AND starts_at < $to AND ends_at > $from
        """,
        row => new Neighbour(row.Number(0), row.Number(1), stretch.Resource, row.Text(2) ?? "", Instant.FromUnixTimeSeconds(row.GetInt64(3)), Instant.FromUnixTimeSeconds(row.GetInt64(4))),
        ("$resource", stretch.Resource), ("$from", (long)stretch.Range.From * Cells.Seconds), ("$to", (long)stretch.Range.To * Cells.Seconds), ("$except", except));
}

/// <summary>A stretch of an appointment's that lies over something else: who wanted it and why.</summary>
internal sealed record Squeezed(long Appointment, Occupancy Taken, long? Account, string Reason);
