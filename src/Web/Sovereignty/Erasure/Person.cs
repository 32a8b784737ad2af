using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>
/// Everything in the database that is one person's: the owner of the practice's records, if there is one, and what names them
/// without belonging to the record.
/// </summary>
internal sealed record Person
{
    /// <summary>The owners of the records; one at the most, unless it was made of several.</summary>
    public required IReadOnlyList<long> Owners { get; init; }
    public required IReadOnlyList<long> Appointments { get; init; }
    public required IReadOnlyList<long> Waiting { get; init; }
    public required IReadOnlyList<long> WalkIns { get; init; }

    /// <summary>Whether there is anything of them.</summary>
    public bool IsNobody => Owners.Count + Appointments.Count + Waiting.Count + WalkIns.Count == 0;

    /// <summary>The person of an owner's record. What was booked without belonging to it counts if both address and name are theirs: an address may be shared.</summary>
    public static Person Of(Db db, long owner) => Found(
        db, "SELECT id FROM owner WHERE id = $key",
        table => $"""
            SELECT id FROM {table} WHERE owner_id = $key
            UNION SELECT t.id FROM {table} t JOIN owner o ON o.id = $key
            WHERE t.owner_id IS NULL AND o.email_key <> '' AND t.email_key = o.email_key AND lower(trim(t.name)) = lower(trim(o.name))
            """,
        "SELECT id FROM walk_in WHERE owner_id = $key", owner);

    /// <summary>Whoever used an address that no owner of the records has.</summary>
    public static Person Unknown(Db db, string emailKey) => Found(
        db, "SELECT id FROM owner WHERE 0 AND id = $key", table => $"SELECT id FROM {table} WHERE owner_id IS NULL AND email_key = $key", "SELECT id FROM walk_in WHERE 0 AND id = $key", emailKey);

    /// <summary>What an entry of the journal names, as far as it is here.</summary>
    public static Person Named(Db db, IEnumerable<string> subjects)
    {
        var names = "[\"" + string.Join("\",\"", subjects) + "\"]";
        const string Owners = "SELECT owner_id FROM owner_subject WHERE subject IN (SELECT value FROM json_each($key))";
        return Found(
            db, Owners, table => $"SELECT id FROM {table} WHERE subject IN (SELECT value FROM json_each($key)) OR owner_id IN ({Owners})",
            $"SELECT id FROM walk_in WHERE subject IN (SELECT value FROM json_each($key)) OR owner_id IN ({Owners})", names);
    }

    /// <summary>The names of all of it, for the journal.</summary>
    public IReadOnlyList<string> Subjects(Db db) =>
    [
        .. Owners.SelectMany(id => db.Rows("SELECT subject FROM owner_subject WHERE owner_id = $id ORDER BY id", row => row.GetString(0), ("$id", id))),
        .. SubjectsIn(db, "appointment", Appointments), .. SubjectsIn(db, "waiting", Waiting), .. SubjectsIn(db, "walk_in", WalkIns),
    ];

    private static IEnumerable<string> SubjectsIn(Db db, string table, IReadOnlyList<long> ids) =>
        ids.Select(id => db.Row($"SELECT subject FROM {table} WHERE id = $id", row => row.GetString(0), ("$id", id))!);

    private static Person Found(Db db, string owners, Func<string, string> of, string walkIns, object key)
    {
        List<long> Ids(string sql) => db.Rows(sql, row => row.GetInt64(0), ("$key", key));
        return new Person { Owners = Ids(owners), Appointments = Ids(of("appointment")), Waiting = Ids(of("waiting")), WalkIns = Ids(walkIns) };
    }
}
