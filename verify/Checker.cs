using Microsoft.Data.Sqlite;

namespace VetBooking.Verify;

/// <summary>What is wrong, by a fixed word and in detail.</summary>
internal sealed record Finding(string What, string Detail)
{
    public const string Overlap = "overlap", Need = "need", Lost = "lost", Twice = "twice", Phantom = "phantom", NoMail = "no-mail",
        Integrity = "integrity", Half = "half", Overwritten = "overwritten";
}

/// <summary>
/// Reads the database after an attack and looks for itself: it trusts no trigger, no index and no state the server computed.
/// </summary>
internal static class Checker
{
    // An appointment's stretch, under the guard or squeezed in; or, without one, a time that staff blocked.
    private sealed record Taken(string Resource, long From, long To, long Appointment, long Blocked, bool IsSqueezed);

    private sealed record Booked(long Id, string Number, string Type, string State, long Start, int Minutes, string Note);

    public static List<Finding> Examine(string database, Ledger ledger)
    {
        using var connection = Database.OpenToRead(database);
        var taken = connection.Rows(
            """
            SELECT resource_id, starts_at, ends_at, appointment_id, 0, 0 FROM occupancy
            UNION ALL SELECT resource_id, starts_at, ends_at, appointment_id, 0, 1 FROM squeeze
            UNION ALL SELECT resource_id, starts_at, ends_at, 0, id, 0 FROM blocked_time
            """,
            row => new Taken(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5)));
        var booked = connection.Rows(
            "SELECT id, number, visit_type_id, state, starts_at, minutes, note FROM appointment",
            row => new Booked(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt32(5), row.GetString(6)));
        return
        [
            .. Overlaps(taken.Where(one => !one.IsSqueezed)),
            .. Unmeant(connection, taken),
            .. HalfSaved(connection),
            .. UnmetNeeds(connection, booked, taken.ToLookup(one => one.Appointment)),
            .. Acknowledgements(booked, ledger),
            .. WithoutMail(connection, booked, ledger),
            .. Integrity(connection),
        ];
    }

    public static long CountOf(this IEnumerable<Finding> findings, string what) => findings.Count(one => one.What == what);

    /// <summary>Sorts each resource's rows and sweeps over them once.</summary>
    private static IEnumerable<Finding> Overlaps(IEnumerable<Taken> all)
    {
        foreach (var resource in all.GroupBy(one => one.Resource))
        {
            Taken? reaching = null;
            foreach (var one in resource.OrderBy(one => one.From).ThenBy(one => one.To))
            {
                if (reaching is not null && one.From < reaching.To) yield return new Finding(Finding.Overlap, $"{reaching} and {one}");
                // The furthest end so far, not the last row's: a long visit can reach over several short ones.
                if (reaching is null || one.To > reaching.To) reaching = one;
            }
        }
    }

    /// <summary>What lies over something else must have been squeezed in over just that, by somebody who said why.</summary>
    private static IEnumerable<Finding> Unmeant(SqliteConnection connection, List<Taken> taken)
    {
        var meant = connection.Rows(
            "SELECT appointment_id, coalesce(over_appointment_id, 0), coalesce(over_blocked_time_id, 0) FROM squeeze_over",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))).ToHashSet();
        foreach (var one in taken.Where(one => one.IsSqueezed))
        {
            foreach (var other in taken.Where(other => other.Resource == one.Resource && other.Appointment != one.Appointment && other.From < one.To && one.From < other.To))
            {
                if (meant.Contains((one.Appointment, other.Appointment, other.Blocked)) || meant.Contains((other.Appointment, one.Appointment, 0))) continue;
                yield return new Finding(Finding.Overlap, $"{one} was not squeezed in over {other}");
            }
        }
    }

    /// <summary>Each resource of a visit is taken once, from its start to its end with buffers and travel; what is over takes nothing.</summary>
    private static List<Finding> HalfSaved(SqliteConnection connection) => connection.Rows(
        """
        WITH taken AS (
          SELECT appointment_id, resource_id, starts_at, ends_at FROM occupancy
          UNION ALL SELECT appointment_id, resource_id, starts_at, ends_at FROM squeeze)
        SELECT a.number, a.state, 'has nothing' FROM appointment a
        WHERE a.state IN ('held', 'requested', 'booked') AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.appointment_id = a.id)
        UNION ALL
        SELECT a.number, a.state, 'is with ' || a.vet || ', who has nothing of it' FROM appointment a
        WHERE a.state IN ('held', 'requested', 'booked') AND a.vet NOT IN (SELECT resource_id FROM taken t WHERE t.appointment_id = a.id)
        UNION ALL
        SELECT a.number, a.state, t.resource_id || ' has it ' || count(*) || ' times' FROM appointment a JOIN taken t ON t.appointment_id = a.id
        GROUP BY a.id, t.resource_id HAVING count(*) > 1
        UNION ALL
        SELECT a.number, a.state, t.resource_id || ' has it at another time' FROM appointment a
        JOIN taken t ON t.appointment_id = a.id JOIN resource r ON r.id = t.resource_id JOIN visit_type v ON v.id = a.visit_type_id
        WHERE t.starts_at <> a.starts_at - 300 * ((v.buffer_before + 4) / 5 + iif(r.kind = 'person', (v.travel + 4) / 5, 0))
           OR t.ends_at <> a.starts_at + 60 * a.minutes + 300 * ((v.buffer_after + 4) / 5 + iif(r.kind = 'person', (v.travel + 4) / 5, 0))
        UNION ALL
        SELECT a.number, a.state, 'still has ' || t.resource_id FROM appointment a JOIN taken t ON t.appointment_id = a.id
        WHERE a.state = 'lapsed' OR (a.state = 'cancelled' AND a.expires_at IS NULL)
        """,
        row => new Finding(Finding.Half, $"{row.GetString(0)} ({row.GetString(1)}) {row.GetString(2)}"));

    private static IEnumerable<Finding> UnmetNeeds(SqliteConnection connection, List<Booked> booked, ILookup<long, Taken> taken)
    {
        var fitting = connection.Rows(
            """
            SELECT n.visit_type_id, n.position, r.id FROM need n JOIN resource r ON r.kind = n.kind
            WHERE EXISTS (SELECT 1 FROM need_option o
                          WHERE o.visit_type_id = n.visit_type_id AND o.position = n.position AND o.resource_id = r.id)
               OR EXISTS (SELECT 1 FROM skill s WHERE s.resource_id = r.id AND s.skill = n.skill)
            """,
            row => (Type: row.GetString(0), Position: row.GetInt32(1), Resource: row.GetString(2)));
        var needs = connection.Rows("SELECT visit_type_id, position FROM need ORDER BY position", row => (Type: row.GetString(0), Position: row.GetInt32(1)))
            .ToLookup(need => need.Type, need => fitting.Where(one => (one.Type, one.Position) == need).Select(one => one.Resource).ToHashSet());

        var overridden = connection.Rows("SELECT id FROM appointment WHERE overrides <> ''", row => row.GetInt64(0)).ToHashSet();
        foreach (var one in booked.Where(one => one.State is "held" or "requested" or "booked" && !overridden.Contains(one.Id)))
        {
            var held = taken[one.Id].Where(row => row.From <= one.Start && row.To >= one.Start + one.Minutes * 60L).Select(row => row.Resource).ToList();
            if (!Meets([.. needs[one.Type]], 0, held)) yield return new Finding(Finding.Need, $"{one} has only {string.Join(", ", held)}");
        }
    }

    /// <summary>Whether each need can be given one of the resources, none of them twice.</summary>
    private static bool Meets(List<HashSet<string>> needs, int from, List<string> left) =>
        from == needs.Count || left.Where(needs[from].Contains).Any(one => Meets(needs, from + 1, [.. left.Where(other => other != one)]));

    private static IEnumerable<Finding> Acknowledgements(List<Booked> booked, Ledger ledger)
    {
        var byNumber = booked.ToLookup(one => one.Number);
        var byKey = booked.ToLookup(one => one.Note);
        foreach (var (wanted, answer) in ledger.Acknowledged)
        {
            var found = byNumber[answer.Number].ToList();
            if (found.Count != 1) yield return new Finding(Finding.Lost, $"{answer.Number} is there {found.Count} times");
            else if (found[0].Note != wanted.Key || found[0].Start != wanted.Choice.Start.ToUnixTimeSeconds() || found[0].Minutes != answer.Minutes)
            {
                yield return new Finding(Finding.Lost, $"{answer.Number} was acknowledged as {answer}, but is {found[0]}");
            }
        }
        foreach (var key in byKey.Where(key => key.Key.Length == 32 && key.Count() > 1))
        {
            yield return new Finding(Finding.Twice, $"key {key.Key} led to {string.Join(", ", key.Select(one => one.Number))}");
        }
        foreach (var (key, status) in ledger.Refused.Where(one => byKey[one.Key].Any()))
        {
            yield return new Finding(Finding.Phantom, $"key {key} was refused with {status} and is booked all the same");
        }
    }

    private static IEnumerable<Finding> WithoutMail(SqliteConnection connection, List<Booked> booked, Ledger ledger)
    {
        var told = connection.Rows("SELECT DISTINCT appointment_id FROM outbox WHERE appointment_id IS NOT NULL", row => row.GetInt64(0)).ToHashSet();
        var acknowledged = ledger.Acknowledged.Select(one => one.Answer.Number).ToHashSet();
        // What the demo came with may never have been told to anyone; what clients booked must be.
        return booked.Where(one => (one.Note.Length == 32 || acknowledged.Contains(one.Number)) && !told.Contains(one.Id))
            .Select(one => new Finding(Finding.NoMail, one.ToString()));
    }

    private static IEnumerable<Finding> Integrity(SqliteConnection connection) =>
    [
        .. connection.Rows("PRAGMA integrity_check", row => row.GetString(0)).Where(line => line != "ok")
            .Select(line => new Finding(Finding.Integrity, line)),
        .. connection.Rows("PRAGMA foreign_key_check", row => row.GetString(0))
            .Select(table => new Finding(Finding.Integrity, $"a row of {table} points nowhere")),
    ];
}
