using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>
/// The owner whose address this is, now that it is proved; a new one if there is none. An owner that exists stays as it is:
/// what was typed is kept with what it was typed for, and the practice decides what it means.
/// </summary>
internal static class ProvedOwner
{
    /// <summary>The owner of an appointment whose mailed link was opened, known from now on.</summary>
    public static long OfAppointment(Change change, long appointment)
    {
        if (change.Db.Row("SELECT owner_id FROM appointment WHERE id = $id", row => row.Number(0), ("$id", appointment)) is { } known) return known;
        var owner = Of(change, "appointment", appointment);
        change.Db.Execute("UPDATE appointment SET owner_id = $owner WHERE id = $id", ("$owner", owner), ("$id", appointment));
        KnownAnimals.Recognise(change.Db, appointment);
        return owner;
    }

    /// <summary>The owner of a row.</summary>
    /// <param name="change">The change in which the address was proved.</param>
    /// <param name="table">A table with a name, a mail address and a telephone: <c>appointment</c> or <c>waiting</c>.</param>
    /// <param name="id">The row's id.</param>
    public static long Of(Change change, string table, long id)
    {
        var known = change.Db.Number(
            $"""
            SELECT id FROM owner o WHERE email_key = (SELECT email_key FROM {table} WHERE id = $id)
              AND NOT EXISTS (SELECT 1 FROM not_the_same n WHERE n.owner_id = o.id AND n.email_key = o.email_key)
            ORDER BY id LIMIT 1
            """,
            ("$id", id));
        return known != 0 ? known : change.Db.Insert(
            $"""
            INSERT INTO owner (name, email, email_key, phone, confirmed_at, created_at)
            SELECT name, email, email_key, phone, $now, $now FROM {table} WHERE id = $id
            """,
            ("$now", change.Now.ToUnixTimeSeconds()), ("$id", id));
    }
}
