using System.IO.Compression;
using System.Text.Json.Nodes;

namespace VetBooking.Fleet.Updates;

/// <summary>Compares two exports of the same data, by the open format of docs/export.md: no database is opened here.</summary>
internal static class Kept
{
    /// <summary>Says what the second lacks of the first; null if nothing. Never names a value.</summary>
    public static string? Lost(string before, string after)
    {
        using var old = ZipFile.OpenRead(before);
        using var young = ZipFile.OpenRead(after);
        foreach (var entry in old.Entries.Where(entry => entry.FullName.StartsWith("daten/", StringComparison.Ordinal) && entry.FullName.EndsWith(".json", StringComparison.Ordinal)))
        {
            var table = Path.GetFileNameWithoutExtension(entry.Name);
            if (young.GetEntry(entry.FullName) is not { } same) return $"the table {table} is gone.";
            var (rows, kept) = (Rows(entry), Rows(same));
            if (kept.Count < rows.Count) return $"the table {table} has {kept.Count} rows instead of {rows.Count}.";
            foreach (var (row, match) in rows.Zip(kept))
                if (row.FirstOrDefault(value => !match.ContainsKey(value.Key) || !JsonNode.DeepEquals(match[value.Key], value.Value)) is { Key: { } column }) return $"the column {table}.{column} is gone or changed.";
        }
        return null;
    }

    private static List<JsonObject> Rows(ZipArchiveEntry entry)
    {
        using var text = entry.Open();
        return [.. JsonNode.Parse(text)!.AsArray().Select(row => row!.AsObject())];
    }
}
