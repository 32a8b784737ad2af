using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Comparing;

/// <summary>An animal as it was named for a visit, and which of the practice's it is, if that is known.</summary>
public sealed record NamedAnimal(int Position, string Name, string Species, string? Born, long? Animal);

/// <summary>
/// A booking whose typed particulars differ from what the practice knows, or whose owner is not known at all. Nothing of it
/// goes into a record unless staff say so.
/// </summary>
public sealed record Comparison(long Appointment, string Number, NodaTime.Instant Start)
{
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string EmailKey { get; init; }
    public required string Phone { get; init; }
    public required IReadOnlyList<NamedAnimal> Animals { get; init; }

    /// <summary>The owner whose confirmed address it is; null if that is open.</summary>
    public required long? Owner { get; init; }

    private const string Columns = "SELECT t.id, t.number, t.starts_at, t.name, t.email, t.email_key, t.phone, t.owner_id FROM appointment t";

    private const string Open =
        """
        t.state IN ('requested', 'booked') AND t.starts_at > $since AND NOT EXISTS (SELECT 1 FROM comparison c WHERE c.appointment_id = t.id)
        AND (t.owner_id IS NULL OR EXISTS (SELECT 1 FROM owner o WHERE o.id = t.owner_id AND (o.name <> t.name OR (t.phone <> '' AND o.phone <> t.phone)))
          OR EXISTS (SELECT 1 FROM appointment_animal w WHERE w.appointment_id = t.id AND w.animal_id IS NULL))
        """;

    /// <summary>All that wait, the next visit first.</summary>
    public static List<Comparison> All(Db db, NodaTime.Instant now) =>
        [.. db.Rows($"{Columns} WHERE {Open} ORDER BY t.starts_at LIMIT 300", From, ("$since", Since(now))).Select(one => one with { Animals = Named(db, one.Appointment) }).Where(one => one.Differs(db))];

    /// <summary>The one of this appointment; null if nothing is to be decided there.</summary>
    public static Comparison? Load(Db db, long appointment, NodaTime.Instant now) =>
        db.Row($"{Columns} WHERE t.id = $id AND {Open}", From, ("$id", appointment), ("$since", Since(now))) is { } found && found with { Animals = Named(db, appointment) } is var one && one.Differs(db) ? one : null;

    /// <summary>Whom it may be: by address, by telephone, or by last name and animal. Whoever is known not to be it is left out.</summary>
    public List<OwnerHit> Candidates(Db db)
    {
        var hits = OwnerSearch.Alike(db, EmailKey, Phone.Length == 0 ? [] : [Phone]);
        foreach (var animal in Animals)
        {
            hits.AddRange(OwnerSearch.WithAnimal(db, Name, animal.Name, animal.Species));
        }
        var others = db.Rows("SELECT owner_id FROM not_the_same WHERE email_key = $key", row => row.GetInt64(0), ("$key", EmailKey)).ToHashSet();
        return [.. hits.DistinctBy(hit => hit.Id).Where(hit => !others.Contains(hit.Id))];
    }

    /// <summary>What an owner's record and this booking say differently: <c>name</c>, <c>phone</c>, <c>email</c>.</summary>
    public IEnumerable<string> Differences(OwnerFacts facts)
    {
        if (!facts.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)) yield return "name";
        if (Phone.Length > 0 && facts.Phones.All(phone => OwnerRecord.Digits(phone) != OwnerRecord.Digits(Phone))) yield return "phone";
        if (EmailKey.Length > 0 && facts.EmailKey != EmailKey) yield return "email";
    }

    /// <summary>The animals that are not among those of the practice yet.</summary>
    public IEnumerable<NamedAnimal> NewAnimals => Animals.Where(animal => animal.Animal is null);

    /// <summary>Whether there is anything to decide that was not decided before for the very same words.</summary>
    private bool Differs(Db db)
    {
        if (Owner is not { } owner) return true;
        if (OwnerRecord.Load(db, owner) is not { } record || (!Differences(record.Facts).Any() && !NewAnimals.Any())) return false;
        return NewAnimals.Any() || db.Number(
            """
            SELECT count(*) FROM comparison c JOIN appointment b ON b.id = c.appointment_id
            WHERE c.owner_id = $owner AND b.name = $name AND b.phone = $phone AND b.email_key = $key
            """,
            ("$owner", owner), ("$name", Name), ("$phone", Phone), ("$key", EmailKey)) == 0;
    }

    /// <summary>The animals of a comparison that are nobody's yet, as things stand now.</summary>
    internal static IEnumerable<NamedAnimal> StillUnknown(Db db, Comparison one) => Named(db, one.Appointment).Where(animal => animal.Animal is null);

    private static List<NamedAnimal> Named(Db db, long appointment) => db.Rows(
        "SELECT position, name, species_id, born, animal_id FROM appointment_animal WHERE appointment_id = $id ORDER BY position",
        row => new NamedAnimal(row.GetInt32(0), row.GetString(1), row.GetString(2), row.Text(3), row.Number(4)), ("$id", appointment));

    private static Comparison From(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), NodaTime.Instant.FromUnixTimeSeconds(row.GetInt64(2)))
    {
        Name = row.GetString(3),
        Email = row.GetString(4),
        EmailKey = row.GetString(5),
        Phone = row.GetString(6),
        Owner = row.Number(7),
        Animals = [],
    };

    private static long Since(NodaTime.Instant now) => (now - NodaTime.Duration.FromDays(7)).ToUnixTimeSeconds();
}
