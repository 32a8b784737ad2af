using System.Collections.Immutable;
using System.Reflection;

namespace VetBooking.Web.Sovereignty.Map;

/// <summary>A column of the database, and what kind of data it holds.</summary>
/// <param name="Name">As the schema has it.</param>
/// <param name="Class">One of the classes that map.txt explains.</param>
internal sealed record MappedColumn(string Name, string Class)
{
    /// <summary>Whether it goes into an export: what is secret or worked out from others does not.</summary>
    public bool IsExported => Class is not ("secret" or "derived");
}

/// <summary>A table of the database.</summary>
/// <param name="Name">As the schema has it.</param>
/// <param name="Whose">owner, team, practice or nobody.</param>
/// <param name="Ends">How long it is kept, as map.txt explains.</param>
/// <param name="IsExported">Whether it goes into an export.</param>
/// <param name="Columns">All of them.</param>
internal sealed record MappedTable(string Name, string Whose, string Ends, bool IsExported, ImmutableArray<MappedColumn> Columns)
{
    /// <summary>The rule that ends it; null if something else does.</summary>
    public string? Rule => Ends.StartsWith("rule ", StringComparison.Ordinal) ? Ends[5..] : null;

    /// <summary>The columns an export holds, in their order there.</summary>
    public IEnumerable<string> Exported => IsExported ? Columns.Where(column => column.IsExported).Select(column => column.Name) : [];
}

/// <summary>
/// What every table and column of a practice's database holds, read from map.txt beside this file: the one place that export,
/// erasure, retention and the papers go by. A test compares it with the schema.
/// </summary>
internal static class DataMap
{
    private static readonly ImmutableArray<string> Classes = ["key", "fact", "name", "contact", "animal", "visit", "words", "picture", "consent", "staff", "proof", "count", "secret", "derived"];

    private static readonly Lazy<ImmutableArray<MappedTable>> Read = new(() => Parse(Text()));

    /// <summary>All tables, in the map's order.</summary>
    public static ImmutableArray<MappedTable> Tables => Read.Value;

    /// <exception cref="FormatException">A line is not as the map's own head explains; the message names it.</exception>
    internal static ImmutableArray<MappedTable> Parse(string text)
    {
        var tables = new List<MappedTable>();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var (name, rest) = line.Split(": ") is [var before, var after] ? (before.Trim(), after) : throw new FormatException(line);
            if (line[0] != ' ') tables.Add(TableOf(line, name, rest.Split(", ")));
            else if (Classes.Contains(name) && tables is [.., var table]) tables[^1] = table with { Columns = [.. table.Columns, .. rest.Split(' ').Select(column => new MappedColumn(column, name))] };
            else throw new FormatException(line);
        }
        return [.. tables];
    }

    private static MappedTable TableOf(string line, string name, string[] said) => said switch
    {
        ["owner" or "team" or "practice" or "nobody", var ends] when IsEnd(ends) => new MappedTable(name, said[0], ends, IsExported: true, []),
        ["owner" or "team" or "practice" or "nobody", var ends, "not exported"] when IsEnd(ends) => new MappedTable(name, said[0], ends, IsExported: false, []),
        _ => throw new FormatException(line),
    };

    private static bool IsEnd(string ends) => ends is "kept" or "tidied" || ends.StartsWith("rule ", StringComparison.Ordinal) || ends.StartsWith("with ", StringComparison.Ordinal);

    private static string Text()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(DataMap).Namespace + ".map.txt")!);
        return reader.ReadToEnd();
    }
}
