using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>Which of the practice's animals come to an appointment.</summary>
internal static class KnownAnimals
{
    /// <summary>
    /// Notes which animals are meant, now that the owner is known: those of that name and species. What is known of them is
    /// left alone.
    /// </summary>
    public static void Recognise(Db db, long appointment) => db.Execute(
        """
        UPDATE appointment_animal SET animal_id = (
          SELECT min(a.id) FROM animal a JOIN appointment t ON t.id = $id
          WHERE (a.owner_id = t.owner_id OR EXISTS (SELECT 1 FROM co_owner c WHERE c.animal_id = a.id AND c.owner_id = t.owner_id))
            AND a.name = appointment_animal.name COLLATE NOCASE AND a.species_id = appointment_animal.species_id)
        WHERE appointment_id = $id AND animal_id IS NULL
        """,
        ("$id", appointment));
}
