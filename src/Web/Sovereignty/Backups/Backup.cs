using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>A backup that was made, or looked at.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="CreatedAt">The moment it shows, in UTC as ISO 8601 has it.</param>
/// <param name="Digest">One digest of everything the database says; equal if two say the same.</param>
internal sealed record BackupResult(string File, long Bytes, string CreatedAt, string Digest);

/// <summary>Makes backups, reads them through, and forgets old ones.</summary>
internal static class Backup
{
    private static readonly InstantPattern InName = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>Makes a backup and reads it through; it bears its name only once it is whole.</summary>
    /// <param name="folder">The practice's.</param>
    /// <param name="to">A file that does not exist, or a folder, which then gets a file named by practice and moment.</param>
    /// <param name="now">The moment.</param>
    public static BackupResult Take(DataFolder folder, string to, Instant now)
    {
        var key = BackupKeys.Of(folder);
        var pace = new Pace(folder);
        using var snapshot = Snapshot.Take(folder, pace);
        var head = new BackupHead
        {
            Format = BackupFile.Format,
            Practice = snapshot.Practice,
            CreatedAt = InstantPattern.General.Format(now),
            Version = Verbs.VersionVerb.Version,
            Schema = snapshot.Schema,
            Erasures = snapshot.Erasures,
            Key = "",
            Wrapped = "",
        };
        var path = Directory.Exists(to) ? FreeName(Path.Combine(to, $"{snapshot.Practice[..8]}-{InName.Format(now)}")) : Path.GetFullPath(to);
        if (File.Exists(path)) throw new BackupException($"{path} is there already; nothing was overwritten.");
        var unfinished = path + ".new";
        try
        {
            using (var file = Files.Create(unfinished))
            {
                BackupFile.Write(file, head, key.Newest, snapshot.Manifest, snapshot.Open);
                file.Flush(flushToDisk: true);
            }
            using (var written = pace.Open(unfinished)) BackupFile.Read(written, key, _ => Stream.Null);
            Files.Move(unfinished, path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
        return new BackupResult(path, new FileInfo(path).Length, head.CreatedAt, LogicalDigest.Whole(snapshot.Manifest.Tables));
    }

    /// <summary>Reads every byte of a backup.</summary>
    /// <exception cref="BackupException">Something about it is not as it was written.</exception>
    public static BackupResult Verify(string path, BackupKeys keys)
    {
        using var file = Open(path);
        var (head, manifest) = BackupFile.Read(file, keys, _ => Stream.Null);
        return new BackupResult(path, file.Length, head.CreatedAt, LogicalDigest.Whole(manifest.Tables));
    }

    /// <summary>The practice's backups in a folder, the newest first. Their heads are read only.</summary>
    public static List<(string Path, BackupHead Head)> In(string folder, string practice)
    {
        var found = new List<(string Path, BackupHead Head)>();
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + BackupFile.Extension) : [])
        {
            try
            {
                using var file = Open(path);
                if (BackupFile.ReadHead(file) is var head && head.Practice == practice && InstantPattern.General.Parse(head.CreatedAt).Success) found.Add((path, head));
            }
            catch (BackupException)
            {
                // Something else, or damaged: not ours to count or to remove.
            }
        }
        return [.. found.OrderByDescending(one => one.Head.CreatedAt, StringComparer.Ordinal)];
    }

    /// <summary>Removes what is older than so many days, and what is more than so many; the newest always stays. Answers how many went.</summary>
    public static int Forget(string folder, string practice, int days, int most, Instant now)
    {
        var oldest = InstantPattern.General.Format(now - Duration.FromDays(days));
        var over = In(folder, practice).Where((one, i) => i > 0 && (i >= most || string.CompareOrdinal(one.Head.CreatedAt, oldest) < 0)).ToList();
        foreach (var (path, _) in over) File.Delete(path);
        return over.Count;
    }

    /// <summary>A plain database, for whoever wants to look into it with SQLite.</summary>
    public static void TakeDatabase(DataFolder folder, string to)
    {
        using var snapshot = Snapshot.Take(folder, new Pace(folder));
        Put(snapshot, snapshot.Manifest.Parts.Single(part => part.Name == Snapshot.DatabasePart), Path.GetFullPath(to));
    }

    /// <summary>The folder as it would lie there if the practice were stopped: it can be started as it is.</summary>
    public static void TakeFiles(DataFolder folder, string to)
    {
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()) throw new BackupException($"{to} is not empty; nothing was overwritten.");
        EmptyPractice.Prepare(new DataFolder(to));
        using var snapshot = Snapshot.Take(folder, new Pace(folder));
        foreach (var part in snapshot.Manifest.Parts) Put(snapshot, part, Path.Combine(to, part.Name));
    }

    // Two in the same second are two.
    private static string FreeName(string start)
    {
        var name = start + BackupFile.Extension;
        for (var number = 2; File.Exists(name); number++) name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{start}-{number}{BackupFile.Extension}");
        return name;
    }

    internal static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be read. Look at the name and at whose it is.", absent);
        }
    }

    private static void Put(Snapshot snapshot, Part part, string path)
    {
        if (File.Exists(path)) throw new BackupException($"{path} is there already; nothing was overwritten.");
        using (var from = snapshot.Open(part))
        using (var file = Files.Create(path + ".new"))
        {
            from.CopyTo(file);
            file.Flush(flushToDisk: true);
        }
        Files.Move(path + ".new", path);
    }
}
