using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>What lies in a folder before something is restored into it. It may be damaged: that is why somebody restores.</summary>
internal static class Present
{
    private static readonly string[] Ours = ["practice.db", "practice.db-wal", "practice.db-shm", "instance.json", "erasures.journal", "pages.sums", "keys", "backups", "outbox", "in-use", "room", "wake", "hold", ".restoring", "before-restore"];

    /// <summary>Refuses a folder that is not empty and not that of the backup's practice.</summary>
    public static void Check(DataFolder folder, BackupHead head)
    {
        var other = Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).FirstOrDefault(name => !Ours.Contains(name) && !name!.StartsWith("damaged-", StringComparison.Ordinal));
        if (!folder.HasPractice && other is not null) throw new BackupException($"{folder.Path} is not empty and holds no practice ({other}). Restore into an empty folder.");
        if (Ask(folder, PracticeFacts.Identity) is { } practice && practice != head.Practice)
            throw new BackupException("The folder is another practice's. Nothing was changed.");
    }

    /// <summary>The journal as far as the present database vouches for it; null if it cannot say.</summary>
    /// <exception cref="JournalException">It is missing, shorter than the database remembers, or was changed.</exception>
    public static ErasureJournal? Journal(DataFolder folder) => Ask(folder, db => Erasing.Sound(db, folder));

    /// <summary>Keeps the present state as a backup beside the others; null if there is none, or if it is too damaged for that.</summary>
    public static string? KeepAside(DataFolder folder, Instant now)
    {
        if (!folder.HasPractice) return null;
        try
        {
            Files.MakeFolder(folder.Backups);
            // A name of its own: a restore that was interrupted may have kept it a moment ago.
            return Backup.Take(folder, Path.Combine(folder.Backups, $"before-restore-{Guid.NewGuid():N}{BackupFile.Extension}"), now).File;
        }
        catch (Exception damaged) when (damaged is BackupException or SqliteException or JournalException or NewerDatabaseException)
        {
            return null;
        }
    }

    private static T? Ask<T>(DataFolder folder, Func<Db, T?> question) where T : class
    {
        if (!folder.HasPractice) return null;
        try
        {
            using var db = Db.Open(folder.Database);
            return question(db);
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
