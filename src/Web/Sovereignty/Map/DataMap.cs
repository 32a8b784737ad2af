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
/// <param name="Erased">What an erasure does with it, as map.txt explains; <c>stays</c> if it is not about owners.</param>
/// <param name="IsExported">Whether it goes into an export.</param>
/// <param name="Columns">All of them.</param>
internal sealed record MappedTable(string Name, string Whose, string Ends, string Erased, bool IsExported, ImmutableArray<MappedColumn> Columns)
{
    /// <summary>The rules of retention that end it; none if something else does.</summary>
    public IEnumerable<string> Rules => After(Ends, "rule ");

    /// <summary>The table whose rows it ends with; null if it does not.</summary>
    public string? EndsWith => After(Ends, "with ").FirstOrDefault();

    /// <summary>The column with the moment it ends at; null if it has none.</summary>
    public string? EndsAt => After(Ends, "at ").FirstOrDefault();

    /// <summary>The tables with whose rows an erasure takes it.</summary>
    public IEnumerable<string> ErasedWith => After(Erased, "erased with ");

    /// <summary>The columns an export holds, in their order there.</summary>
    public IEnumerable<string> Exported => IsExported ? Columns.Where(column => column.IsExported).Select(column => column.Name) : [];

    private static string[] After(string said, string word) => said.StartsWith(word, StringComparison.Ordinal) ? said[word.Length..].Split(' ') : [];
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

    /// <summary>The table that a rule of retention ends.</summary>
    public static string TableOf(string rule) => Tables.Single(table => table.Rules.Contains(rule)).Name;

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

    private static MappedTable TableOf(string line, string name, string[] said)
    {
        var isExported = said[^1] != "not exported";
        return (isExported ? said : said[..^1]) switch
        {
            ["owner", var ends, var erased] when IsEnd(ends) && IsErased(erased) => new MappedTable(name, "owner", ends, erased, isExported, []),
            ["team" or "practice" or "nobody", var ends] when IsEnd(ends) => new MappedTable(name, said[0], ends, "stays", isExported, []),
            ["team" or "practice" or "nobody", var ends, var erased] when IsEnd(ends) && IsErased(erased) => new MappedTable(name, said[0], ends, erased, isExported, []),
            _ => throw new FormatException(line),
        };
    }

    private static bool IsEnd(string ends) => ends is "kept" or "tidied" || ends.Split(' ') is ["rule" or "with" or "at", _, ..];

    private static bool IsErased(string erased) => erased is "erased" or "erased by hand" or "stays" || erased.Split(' ') is ["erased", "with", _, ..];

    private static string Text()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(DataMap).Namespace + ".map.txt")!);
        return reader.ReadToEnd();
    }
}
