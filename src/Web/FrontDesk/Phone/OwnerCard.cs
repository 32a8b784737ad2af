using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>An animal on record.</summary>
public sealed record AnimalOnRecord(long Id, string Name, string Species, string? Born)
{
    /// <summary>What whoever touches it must know: words out of <see cref="Clients.Animals.Behaviour"/>.</summary>
    public IReadOnlyList<string> Behaviour { get; init; } = [];
}

/// <summary>An appointment of an owner's that is still to come.</summary>
public sealed record ComingAppointment(long Id, Instant Start, string VisitType, string Animals, VisitState State);

/// <summary>What the front desk wants before its eyes when somebody calls.</summary>
public sealed record OwnerCard(long Id, string Name, string Phone, string Email)
{
    public required IReadOnlyList<AnimalOnRecord> Animals { get; init; }

    public required IReadOnlyList<ComingAppointment> Coming { get; init; }

    /// <summary>What the last visit was for; null if there was none.</summary>
    public required string? LastVisitType { get; init; }

    /// <summary>The animals of the owner $id, their own and those they share, that are still theirs.</summary>
    internal const string TheirAnimals = "departed IS NULL AND (owner_id = $id OR id IN (SELECT animal_id FROM co_owner WHERE owner_id = $id))";

    /// <summary>The owner with this id; null if there is none.</summary>
    public static OwnerCard? Load(Db db, long id, Instant now) => db.Row(
        "SELECT name, phone, email FROM owner WHERE id = $id",
        row => new OwnerCard(id, row.GetString(0), row.GetString(1), row.GetString(2))
        {
            Animals = db.Rows($"SELECT id, name, species_id, born, behaviour FROM animal WHERE {TheirAnimals} ORDER BY id",
                animal => new AnimalOnRecord(animal.GetInt64(0), animal.GetString(1), animal.GetString(2), animal.Text(3)) { Behaviour = Clients.Animals.Behaviour.Read(animal.GetString(4)) }, ("$id", id)),
            Coming = db.Rows(
                """
                SELECT id, starts_at, visit_type_id, state, (SELECT group_concat(name, ', ') FROM appointment_animal WHERE appointment_id = a.id)
                FROM appointment a WHERE owner_id = $id AND starts_at > $now AND state IN ('held', 'requested', 'booked') ORDER BY starts_at LIMIT 6
                """,
                one => new ComingAppointment(one.GetInt64(0), Instant.FromUnixTimeSeconds(one.GetInt64(1)), one.GetString(2), one.Text(4) ?? "", Appointment.ReadState(one.GetString(3))),
                ("$id", id), ("$now", now.ToUnixTimeSeconds())),
            LastVisitType = db.Row("SELECT visit_type_id FROM appointment WHERE owner_id = $id AND state = 'booked' ORDER BY starts_at DESC LIMIT 1", one => one.GetString(0), ("$id", id)),
        },
        ("$id", id));
}
