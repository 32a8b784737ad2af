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
    public bool IsNobody => Rows.All(rows => rows.Ids.Count == 0);

    /// <summary>
    /// The person of an owner's record. An address may be shared: what was booked with it under the name of somebody else of the
    /// records who has it is theirs, whatever record it hangs on; and the other way round.
    /// </summary>
    public static Person Of(Db db, long owner) => Found(
        db, "SELECT id FROM owner WHERE id = $key",
        table => $"""
            SELECT t.id FROM {table} t JOIN owner o ON o.id = $key
            WHERE (t.owner_id = o.id AND ({SameName("o")} OR NOT EXISTS ({Sharer} AND p.id <> o.id)))
              OR (t.owner_id IS NOT o.id AND o.email_key <> '' AND t.email_key = o.email_key AND {SameName("o")}
                AND NOT EXISTS (SELECT 1 FROM owner h WHERE h.id = t.owner_id AND ({SameName("h")} OR h.email_key <> t.email_key)))
            """,
        "SELECT id FROM walk_in WHERE owner_id = $key", owner);

    /// <summary>Who of the records has the address and the name a row was made with: the row is theirs.</summary>
    public static string Sharer { get; } = $"SELECT p.id FROM owner p WHERE p.email_key <> '' AND p.email_key = t.email_key AND {SameName("p")}";

    /// <summary>Whoever used an address that no owner of the records has.</summary>
    public static Person Unknown(Db db, string emailKey) => Found(
        db, "SELECT id FROM owner WHERE 0 AND id = $key", table => $"SELECT id FROM {table} WHERE owner_id IS NULL AND email_key = $key", "SELECT id FROM walk_in WHERE 0 AND id = $key", emailKey);

    /// <summary>What an entry of the journal names, as far as it is here.</summary>
    public static Person Named(Db db, IEnumerable<string> subjects)
    {
        var names = "[\"" + string.Join("\",\"", subjects) + "\"]";
        const string Subject = "subject IN (SELECT value FROM json_each($key))";
        var named = Found(db, $"SELECT DISTINCT owner_id FROM owner_subject WHERE {Subject}", table => $"SELECT id FROM {table} WHERE {Subject}", $"SELECT id FROM walk_in WHERE {Subject}", names);
        return named.Owners.Select(owner => Of(db, owner)).Aggregate(named, (all, one) => all with
        {
            Appointments = [.. all.Appointments.Union(one.Appointments)],
            Waiting = [.. all.Waiting.Union(one.Waiting)],
            WalkIns = [.. all.WalkIns.Union(one.WalkIns)],
        });
    }

    /// <summary>The names of all of it, for the journal.</summary>
    public IReadOnlyList<string> Subjects(Db db) =>
    [
        .. Owners.SelectMany(id => db.Rows("SELECT subject FROM owner_subject WHERE owner_id = $id ORDER BY id", row => row.GetString(0), ("$id", id))),
        .. SubjectsIn(db, "appointment", Appointments), .. SubjectsIn(db, "waiting", Waiting), .. SubjectsIn(db, "walk_in", WalkIns),
    ];

    /// <summary>All of it, by the tables that the map says are erased, the records last: what hangs on them is sorted out before.</summary>
    public IEnumerable<(string Table, IReadOnlyList<long> Ids)> Rows => [("appointment", Appointments), ("waiting", Waiting), ("walk_in", WalkIns), ("owner", Owners)];

    private static string SameName(string owner) => $"lower(trim(t.name)) = lower(trim({owner}.name))";

    private static IEnumerable<string> SubjectsIn(Db db, string table, IReadOnlyList<long> ids) =>
        ids.Select(id => db.Row($"SELECT subject FROM {table} WHERE id = $id", row => row.GetString(0), ("$id", id))!);

    private static Person Found(Db db, string owners, Func<string, string> of, string walkIns, object key)
    {
        List<long> Ids(string sql) => db.Rows(sql, row => row.GetInt64(0), ("$key", key));
        return new Person { Owners = Ids(owners), Appointments = Ids(of("appointment")), Waiting = Ids(of("waiting")), WalkIns = Ids(walkIns) };
    }
}
