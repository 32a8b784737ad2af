using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Animals;

/// <summary>What follows when an animal has died or was given away: nothing is addressed to it any more.</summary>
internal static class Departures
{
    /// <summary>Appointments to come with this animal and no other.</summary>
    public static List<VisitLine> ComingAlone(Db db, long animal, NodaTime.Instant now) => db.Rows(
        $"""
        {OwnerView.VisitColumns} JOIN appointment_animal w ON w.appointment_id = t.id AND w.animal_id = $animal
        WHERE t.starts_at >= $now AND t.state IN ('held', 'requested', 'booked')
          AND NOT EXISTS (SELECT 1 FROM appointment_animal o WHERE o.appointment_id = t.id AND o.animal_id IS NOT $animal)
        ORDER BY t.starts_at
        """,
        OwnerView.Visit, ("$animal", animal), ("$now", now.ToUnixTimeSeconds()));

    /// <summary>
    /// Whether all animals of an appointment are gone. Mail about it would only hurt: what was put into the outbox before or
    /// after is void.
    /// </summary>
    public static bool IsOnlyAboutDeparted(Db db, long appointment) => db.Number(
        """
        SELECT count(*) > 0 AND count(*) = sum(a.departed IS NOT NULL)
        FROM appointment_animal w LEFT JOIN animal a ON a.id = w.animal_id WHERE w.appointment_id = $id
        """,
        ("$id", appointment)) == 1;

    /// <summary>Notes that an animal is gone, makes waiting mail void, and calls off the appointments named.</summary>
    public static void Note(Change change, Actor actor, long animal, (string Why, string On) departure, IReadOnlyCollection<long> cancelled)
    {
        change.Db.Execute(
            "UPDATE animal SET departed = $why, departed_on = $on, revision = revision + 1 WHERE id = $id",
            ("$why", departure.Why), ("$on", departure.On), ("$id", animal));
        Audit.Add(change, actor, "animal.departed", "animal", animal, departure.Why);
        foreach (var visit in ComingAlone(change.Db, animal, change.Now).Where(visit => cancelled.Contains(visit.Id))) Cancel(change, actor, visit.Id);
        change.Db.Execute(
            """
            UPDATE outbox SET state = 'void' WHERE state = 'waiting' AND appointment_id IN (
              SELECT w.appointment_id FROM appointment_animal w JOIN animal a ON a.id = w.animal_id
              WHERE w.animal_id = $animal AND NOT EXISTS (
                SELECT 1 FROM appointment_animal o LEFT JOIN animal b ON b.id = o.animal_id WHERE o.appointment_id = w.appointment_id AND b.departed IS NULL))
            """,
            ("$animal", animal));
    }

    /// <summary>Notes that it is there after all. What was called off stays so.</summary>
    public static void TakeBack(Change change, Actor actor, long animal)
    {
        change.Db.Execute("UPDATE animal SET departed = NULL, departed_on = NULL, revision = revision + 1 WHERE id = $id", ("$id", animal));
        Audit.Add(change, actor, "animal.returned", "animal", animal);
    }

    // Without a mail: its owner knows best why nobody will come.
    private static void Cancel(Change change, Actor actor, long id)
    {
        var appointment = Appointment.Load(change.Db, id)!;
        Holds.Vacate(change, appointment);
        change.Db.Execute(
            "UPDATE appointment SET state = 'cancelled', state_before = $before, expires_at = NULL, revision = revision + 1 WHERE id = $id",
            ("$before", Appointment.Word(appointment.State)), ("$id", id));
        Audit.Add(change, actor, "appointment.cancelled", "appointment", id, "departed");
    }
}
