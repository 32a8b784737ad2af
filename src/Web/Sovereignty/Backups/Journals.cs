using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>Every journal of erasures a restore can find: in the backup, in the folder, and in the backups that lie around.</summary>
internal static class Journals
{
    /// <summary>All of them as one.</summary>
    /// <exception cref="BackupException">One that must be there is missing or shortened; somebody who was erased could come back.</exception>
    public static ErasureJournal Gather(string from, BackupKeys keys, DataFolder folder, DataFolder staged, BackupHead head, Manifest manifest)
    {
        var journal = Known(folder, staged, head, manifest);
        // What a head says in clear proves nothing: each of them is opened as far as its journal.
        foreach (var place in new[] { Path.GetDirectoryName(Path.GetFullPath(from))!, folder.Backups }.Distinct().Where(Directory.Exists))
        {
            foreach (var path in Directory.GetFiles(place, "*" + BackupFile.Extension)) journal = OfBackup(path, keys, head.Practice) is { } other ? journal.Merge(other) : journal;
        }
        return journal;
    }

    /// <summary>That of the backup and that of the folder as one: enough where the practice lives, which knows of every erasure of its own.</summary>
    public static ErasureJournal Known(DataFolder folder, DataFolder staged, BackupHead head, Manifest manifest)
    {
        var journal = ErasureJournal.Of(staged)!;
        if (journal.Practice != head.Practice || journal.Length != head.Erasures || journal.LastHash != manifest.JournalHash) throw new BackupException("The journal of erasures in the backup is not what its manifest says. Use another backup.");
        return OfFolder(folder, head.Practice) is { } present ? journal.Merge(present) : journal;
    }

    private static ErasureJournal? OfFolder(DataFolder folder, string practice)
    {
        // A database that is too damaged to be asked cannot say what is missing.
        var journal = Present.Journal(folder) ?? ErasureJournal.Of(folder);
        if (journal is not null && journal.Practice != practice) throw new BackupException($"{folder.Erasures} is another practice's. Restore into an empty folder.");
        return journal;
    }

    // Null if it is another practice's.
    private static ErasureJournal? OfBackup(string path, BackupKeys keys, string practice)
    {
        try
        {
            using var file = Backup.Open(path);
            if (BackupFile.ReadHead(file).Practice != practice) return null;
            file.Position = 0;
            return BackupFile.ReadJournal(file, keys);
        }
        catch (Exception unreadable) when (unreadable is BackupException or JournalException)
        {
            throw new BackupException($"{path} lies beside it and cannot be read: who was erased could come back. Mend it or take it away; nothing was changed. ({unreadable.Message})", unreadable);
        }
    }
}
