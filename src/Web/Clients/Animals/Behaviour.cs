using NodaTime;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Animals;

/// <summary>What whoever touches an animal must know beforehand.</summary>
/// <param name="Appointment">The appointment it comes to.</param>
/// <param name="Animal">What it is called.</param>
/// <param name="Words">Words out of <see cref="Behaviour.All"/>.</param>
public sealed record BehaviourBadge(long Appointment, string Animal, IReadOnlyList<string> Words);

/// <summary>The words for how an animal behaves. A closed list, so that they are short, the same everywhere, and in two languages.</summary>
public static class Behaviour
{
    /// <summary>All of them, the most important first.</summary>
    public static readonly IReadOnlyList<string> All = ["muzzle", "bites", "scratches", "anxious", "escapes", "not-with-others", "sedation"];

    /// <summary>Reads what is stored or was ticked; what is no such word is left out.</summary>
    public static IReadOnlyList<string> Read(string words) => [.. All.Intersect(words.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A word as people read it.</summary>
    public static string InWords(Text t, string word) => t.ClientsBehaviour(word);

    /// <summary>What must be known of the animals of one appointment, in one line; whose it is only if there are several.</summary>
    public static string Line(Text t, IEnumerable<BehaviourBadge> badges, int animals) => string.Join("; ", badges.Select(badge =>
    {
        var words = string.Join(", ", badge.Words.Select(word => InWords(t, word)));
        return animals > 1 ? t.ClientsBehaviourOf(badge.Animal, words) : words;
    }));

    /// <summary>What must be known of the animals of an appointment.</summary>
    public static List<BehaviourBadge> Of(Db db, long appointment) => db.Rows(
        """
        SELECT w.appointment_id, a.name, a.behaviour FROM appointment_animal w JOIN animal a ON a.id = w.animal_id
        WHERE w.appointment_id = $id AND a.behaviour <> '' ORDER BY w.position
        """,
        Badge, ("$id", appointment));

    /// <summary>What must be known of the animals that come between two moments, by appointment; for a board with a day on it.</summary>
    public static ILookup<long, BehaviourBadge> Between(Db db, Instant from, Instant to) => db.Rows(
        """
        SELECT w.appointment_id, a.name, a.behaviour
        FROM appointment t JOIN appointment_animal w ON w.appointment_id = t.id JOIN animal a ON a.id = w.animal_id
        WHERE t.starts_at >= $from AND t.starts_at < $to AND a.behaviour <> '' ORDER BY w.appointment_id, w.position
        """,
        Badge, ("$from", from.ToUnixTimeSeconds()), ("$to", to.ToUnixTimeSeconds())).ToLookup(badge => badge.Appointment);

    private static BehaviourBadge Badge(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), Read(row.GetString(2)));
}
