using NodaTime;
using NodaTime.Text;

namespace VetBooking.Web.Storage;

/// <summary>Who helps outside the opening hours, from when to when, in wall times.</summary>
/// <param name="Id">The row.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Until when.</param>
/// <param name="Name">Another practice or hospital; empty for this practice itself.</param>
/// <param name="Phone">The number to call.</param>
public sealed record EmergencyDuty(long Id, LocalDateTime From, LocalDateTime To, string Name, string Phone)
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>All of them in order.</summary>
    public static IReadOnlyList<EmergencyDuty> All(Db db) => db.Rows(
        "SELECT id, starts_local, ends_local, name, phone FROM emergency_duty ORDER BY starts_local",
        row => new EmergencyDuty(row.GetInt64(0), Wall.Parse(row.GetString(1)).Value, Wall.Parse(row.GetString(2)).Value, row.GetString(3), row.GetString(4)));

    /// <summary>Adds the duty, or changes it.</summary>
    public void Save(Db db) => db.Execute(
        """
        INSERT INTO emergency_duty (id, starts_local, ends_local, name, phone) VALUES ($id, $from, $to, $name, $phone)
        ON CONFLICT (id) DO UPDATE SET starts_local = excluded.starts_local, ends_local = excluded.ends_local, name = excluded.name, phone = excluded.phone
        """,
        ("$id", Id > 0 ? Id : null), ("$from", Wall.Format(From)), ("$to", Wall.Format(To)), ("$name", Name), ("$phone", Phone));
}
