using System.Security.Cryptography;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>What lies in a folder, to the byte: every file with its hash, every folder, and who may read them.</summary>
internal static class FolderDigest
{
    public static SortedDictionary<string, string> Of(string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return found;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path);
            if (ComesAndGoes(name, path)) continue;
            found.Add(name, $"{(OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(path))} {(Directory.Exists(path) ? "folder" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))}");
        }
        return found;
    }

    /// <summary>What came, went or became something else.</summary>
    public static List<string> Differences(SortedDictionary<string, string> before, SortedDictionary<string, string> after) =>
        [.. before.Keys.Union(after.Keys).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Select(name => $"{name} {(!before.ContainsKey(name) ? "came" : !after.ContainsKey(name) ? "went" : "changed")}")];

    // Who works in a folder says so, and who reads a database leaves an index of its log, and a log with nothing in it.
    private static bool ComesAndGoes(string name, string path) =>
        name is "in-use" or "practice.db-shm" || (name == "practice.db-wal" && new FileInfo(path).Length == 0);
}
