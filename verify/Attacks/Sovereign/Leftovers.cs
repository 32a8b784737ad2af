namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>What a restore must not leave behind: half a state, or a copy of a practice that nobody knows of.</summary>
internal static class Leftovers
{
    public static List<string> In(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
            .Where(name => name is ".restoring" or "before-restore" || name.EndsWith(".new", StringComparison.Ordinal) || name.StartsWith(".snapshot", StringComparison.Ordinal)
                || name.StartsWith("damaged-", StringComparison.Ordinal)),
    ];
}
