using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>An owner that was found, with what helps to tell them from others.</summary>
public sealed record OwnerFound(long Id, string Name, string Phone, IReadOnlyList<(string Name, string Species)> Animals, Instant? Next);

/// <summary>An appointment that was found: by its number, or of somebody who is no owner on record yet.</summary>
public sealed record AppointmentFound(long Id, string Number, string Name, string Phone, string Animals, Instant Start, VisitState State);

/// <summary>What one search found.</summary>
public sealed record Found(IReadOnlyList<OwnerFound> Owners, IReadOnlyList<AppointmentFound> Appointments)
{
    public static readonly Found Nothing = new([], []);

    public int Count => Owners.Count + Appointments.Count;
}

/// <summary>
/// Finds owners by their name, their animals, their telephone number, and appointments by their number. What it compares is
/// read from the database at the first search and kept true by the table owner_change, whoever changes owners and however.
/// </summary>
public sealed class OwnerSearch(Readers readers)
{
    /// <summary>The most that one search answers.</summary>
    public const int Most = 12;

    private const int ShortestWord = 2, FewestDigits = 3, ShortestNumber = 3;

    /// <summary>Beyond so many changes reading everything is quicker.</summary>
    private const int MostChanges = 500;

    /// <summary>Of each owner the words to compare, their own and those of their animals, and the telephone numbers.</summary>
    private const string Compared =
        """
        SELECT o.id,
               o.name || coalesce((SELECT ' ' || group_concat(name, ' ') FROM (
                 SELECT name FROM animal WHERE owner_id = o.id
                 UNION ALL SELECT a.name FROM co_owner c JOIN animal a ON a.id = c.animal_id WHERE c.owner_id = o.id)), ''),
               o.phone || coalesce((SELECT ';' || group_concat(phone, ';') FROM owner_phone WHERE owner_id = o.id), '')
        FROM owner o
        """;

    private readonly Lock gate = new();
    private OwnerIndex? index;
    private long seen;

    /// <summary>Looks for what was typed; nothing for fewer than two letters or three digits.</summary>
    public Found Find(string typed, Instant now) => readers.Read(db =>
    {
        var words = Folding.Words(typed);
        if (words.Length < ShortestWord) return Found.Nothing;
        List<long> owners;
        lock (gate)
        {
            var current = Current(db);
            var digits = Folding.Digits(typed);
            owners = digits.Length >= FewestDigits && IsPhone(typed) ? current.ByPhone(digits, Most) : current.ByWords(words, Most);
        }
        return new Found([.. owners.Select(id => Owner(db, id, now)).OfType<OwnerFound>()], Appointments(db, typed, words));
    });

    private static bool IsPhone(string typed) => typed.All(one => char.IsAsciiDigit(one) || " +-/().".Contains(one, StringComparison.Ordinal));

    private OwnerIndex Current(Db db)
    {
        var newest = db.Number("SELECT seq FROM sqlite_sequence WHERE name = 'owner_change'");
        if (index is null || index.IsWorn || newest - seen > MostChanges) (index, seen) = (All(db), newest);
        if (newest == seen) return index;
        foreach (var owner in db.Rows("SELECT DISTINCT owner_id FROM owner_change WHERE id > $seen", row => row.GetInt64(0), ("$seen", seen))) Refresh(db, index, owner);
        seen = newest;
        return index;
    }

    private static OwnerIndex All(Db db)
    {
        var fresh = new OwnerIndex();
        Put(db, fresh, Compared + " ORDER BY o.id");
        return fresh;
    }

    private static void Refresh(Db db, OwnerIndex index, long owner)
    {
        index.Remove(owner);
        Put(db, index, Compared + " WHERE o.id = $id", ("$id", owner));
    }

    // Row by row: all names of a large practice at once would be many times what is kept of them.
    private static void Put(Db db, OwnerIndex index, string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) => db.Rows(
        sql,
        row =>
        {
            index.Put(row.GetInt64(0), row.GetString(1), row.GetString(2).Split(';'));
            return true;
        },
        arguments);

    private static OwnerFound? Owner(Db db, long id, Instant now)
    {
        var animals = db.Rows($"SELECT name, species_id FROM animal WHERE {OwnerCard.TheirAnimals} ORDER BY id", row => (row.GetString(0), row.GetString(1)), ("$id", id));
        return db.Row(
            """
            SELECT name, phone, (SELECT min(starts_at) FROM appointment WHERE owner_id = $id AND starts_at > $now AND state IN ('held', 'requested', 'booked'))
            FROM owner WHERE id = $id
            """,
            row => new OwnerFound(id, row.GetString(0), row.GetString(1), animals, row.Number(2) is { } next ? Instant.FromUnixTimeSeconds(next) : null),
            ("$id", id), ("$now", now.ToUnixTimeSeconds()));
    }

    private static List<AppointmentFound> Appointments(Db db, string typed, string words)
    {
        var found = new List<AppointmentFound>();
        if (NumberOf(typed) is { } number) found.AddRange(Read(db, "a.number >= $from AND a.number < $to LIMIT 12", ("$from", number), ("$to", number + "~")));
        // Who booked online and has not been here before is no owner on record yet; there are few of them at a time.
        var wanted = words.Split(' ');
        found.AddRange(Read(db, "a.expires_at IS NOT NULL AND a.owner_id IS NULL AND a.state IN ('held', 'requested') LIMIT 200")
            .Where(one => Folding.Words($"{one.Name} {one.Animals}").Split(' ') is var names && wanted.All(word => names.Any(name => name.StartsWith(word, StringComparison.Ordinal)))
                || (IsPhone(typed) && Folding.Digits(typed) is { Length: >= FewestDigits } digits && Folding.Digits(one.Phone).Contains(digits, StringComparison.Ordinal)))
            .Where(one => !found.Exists(other => other.Id == one.Id)).Take(Most));
        return found;
    }

    /// <summary>What was typed as the beginning of an appointment number like 4K7-CAQ; null if it cannot be one.</summary>
    private static string? NumberOf(string typed)
    {
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var isOne = letters.Length is >= ShortestNumber and <= AppointmentNumber.Length && typed.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or ' ')
            && letters.All(AppointmentNumber.Has) && (letters.Any(char.IsAsciiDigit) || letters.Length == AppointmentNumber.Length);
        return !isOne ? null : letters.Length <= 3 ? letters : letters[..3] + "-" + letters[3..];
    }

    private static List<AppointmentFound> Read(Db db, string where, params ReadOnlySpan<(string Name, object? Value)> arguments) => db.Rows(
        $"""
        SELECT a.id, a.number, a.name, a.phone, a.starts_at, a.state,
               (SELECT group_concat(name, ', ') FROM (SELECT name FROM appointment_animal WHERE appointment_id = a.id ORDER BY position))
        FROM appointment a WHERE {where}
        """,
        row => new AppointmentFound(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(6) ?? "",
            Instant.FromUnixTimeSeconds(row.GetInt64(4)), Appointment.ReadState(row.GetString(5))),
        arguments);
}
