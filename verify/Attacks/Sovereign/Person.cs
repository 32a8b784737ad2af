using System.Text;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>Somebody of the practice's records who is going to be erased, and everything that names them.</summary>
internal sealed record Person(long Owner, IReadOnlyList<string> Names)
{
    /// <summary>People with appointments and animals, whose name, address and number nobody else has.</summary>
    public static List<Person> Choose(string database, int count)
    {
        using var connection = Database.OpenToRead(database);
        return connection.Rows(
            """
            SELECT o.id, o.name, o.email, o.phone, o.sort_name FROM owner o
            WHERE o.email <> '' AND length(o.phone) > 6
              AND NOT EXISTS (SELECT 1 FROM owner p WHERE p.id <> o.id AND (p.name = o.name OR p.email_key = o.email_key OR p.phone = o.phone OR p.sort_name = o.sort_name))
              AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.owner_id IS NOT o.id AND (a.name = o.name OR a.email_key = o.email_key OR a.phone = o.phone))
              AND NOT EXISTS (SELECT 1 FROM co_owner c JOIN animal n ON n.id = c.animal_id WHERE c.owner_id = o.id OR n.owner_id = o.id)
              AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.owner_id = o.id)
              AND EXISTS (SELECT 1 FROM animal n WHERE n.owner_id = o.id)
            ORDER BY (SELECT count(*) FROM appointment a WHERE a.owner_id = o.id) DESC, o.id LIMIT $1
            """,
            row => new Person(row.GetInt64(0), [row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)]), count);
    }

    /// <summary>Where in the database they are named: every column of every table is searched.</summary>
    public List<string> TracesIn(string database)
    {
        using var connection = Database.OpenToRead(database);
        var traces = new List<string>();
        foreach (var table in connection.Rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", row => row.GetString(0)))
        {
            foreach (var column in connection.Rows("SELECT name FROM pragma_table_info($1)", row => row.GetString(0), table))
            {
                var named = string.Join(" OR ", Names.Select((_, i) => $"instr(lower(CAST(\"{column}\" AS TEXT)), lower(${i + 1})) > 0"));
                var rows = connection.Number($"SELECT count(*) FROM \"{table}\" WHERE {named}", [.. Names]);
                if (rows > 0) traces.Add($"{rows} rows of {table}.{column}");
            }
        }
        return traces;
    }

    /// <summary>The files that hold their name or address in clear, wherever it comes from: free pages and logs count.</summary>
    public List<string> FilesNaming(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file) is var content && Names.Take(2).Any(name => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0))
            .Select(file => Path.GetRelativePath(folder, file)),
    ];
}
