using NodaTime;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// Brings a practice back. Everything is made ready and looked over in a folder beside, erasures included; only then does it take
/// the place of what was there. Killed at any moment, the practice is the old one or the new one, and restoring once more
/// brings it to its end.
/// </summary>
internal static class Restore
{
    /// <summary>Restores a backup into an empty folder, or into that of the same practice, stopped.</summary>
    /// <param name="from">The backup.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="given">The keys to open it with; the folder's own, if null.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="BackupException">The backup, the key or the folder is not what it must be; nothing was changed.</exception>
    public static RestoreResult Run(string from, DataFolder folder, BackupKeys? given, Instant now)
    {
        var (isNew, hadKeys) = (!Directory.Exists(folder.Path), Directory.Exists(folder.Keys));
        EmptyPractice.Prepare(folder);
        try
        {
            using var alone = FolderLock.Alone(folder) ?? throw new BackupException("Somebody works in the folder. Stop the practice first; nothing was changed.");
            // One that was interrupted after its point of no return goes first: the folder holds half of two states until then.
            if (Swap.IsHalfDone(folder)) Swap.Run(folder);
            Snapshot.Sweep(folder, TimeSpan.Zero);
            var keys = given ?? (File.Exists(folder.BackupKey) ? BackupKeys.Of(folder) : throw new BackupException("There is no key in the folder. Give the practice's recovery code with --key FILE."));
            var staged = Swap.Begin(folder);
            var (head, manifest) = Extract(from, keys, staged, _ => true);
            Present.Check(folder, head);
            var journal = Journals.Gather(from, keys, folder, staged, head, manifest);
            var erasures = MakeReady(staged, journal, (head, manifest), now);
            journal.Save(staged);
            // What the operator has set here stays; the keys that open backups go along.
            if (File.Exists(folder.Settings)) File.Delete(staged.Settings);
            keys.Save(staged, folder);
            var kept = Present.KeepAside(folder, now);
            Swap.Ready(staged, kept is not null);
            Swap.Run(folder);
            return new RestoreResult(head.CreatedAt, LogicalDigest.Whole(manifest.Tables), erasures, kept);
        }
        catch (Exception failed)
        {
            if (!Swap.IsHalfDone(folder)) Swap.Abandon(folder);
            if (!hadKeys && Directory.Exists(folder.Keys) && !Directory.EnumerateFileSystemEntries(folder.Keys).Any()) Directory.Delete(folder.Keys);
            if (isNew) Directory.Delete(folder.Path, recursive: true);
            if (failed is JournalException) throw new BackupException($"The journal of erasures {failed.Message} Nothing was changed.", failed);
            throw;
        }
    }

    /// <summary>
    /// Makes a backup ready in a place of its own beside the running practice, to be read there: the same as a restore, without
    /// keys and settings. Whoever the practice has erased since is not in it.
    /// </summary>
    /// <param name="from">The backup.</param>
    /// <param name="place">A folder that does not exist yet.</param>
    /// <param name="practice">The running practice's.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="BackupException">The backup is not what it must be.</exception>
    /// <exception cref="JournalException">The practice's journal of erasures is not: nobody could say who must not be seen.</exception>
    public static BackupHead Beside(string from, DataFolder place, DataFolder practice, Instant now)
    {
        EmptyPractice.Prepare(place);
        var (head, manifest) = Extract(from, BackupKeys.Read(practice.BackupKey), place, part => part.Name is Snapshot.DatabasePart or Snapshot.ErasuresPart);
        MakeReady(place, Journals.Known(practice, place, head, manifest), (head, manifest), now);
        return head;
    }

    private static (BackupHead Head, Manifest Manifest) Extract(string from, BackupKeys keys, DataFolder staged, Func<Part, bool> wanted)
    {
        using var file = Backup.Open(from);
        var read = BackupFile.Read(file, keys, part => wanted(part) ? Files.Create(Path.Combine(staged.Path, part.Name)) : Stream.Null);
        return File.Exists(staged.Database) && File.Exists(staged.Erasures) ? read : throw new BackupException("The backup holds no practice. Use another one.");
    }

    // Brings the copy to this program's schema and to the journal's end, and looks it over: what comes out of here may answer.
    private static int MakeReady(DataFolder staged, ErasureJournal journal, (BackupHead Head, Manifest Manifest) backup, Instant now)
    {
        using var db = Db.Open(staged.Database);
        if (!LogicalDigest.Of(db).SequenceEqual(backup.Manifest.Tables)) throw new BackupException("The database in the backup is not what its manifest says. Use another one.");
        if (PracticeFacts.Identity(db) != backup.Head.Practice) throw new BackupException("The backup is of another practice than it says. Use another one.");
        Migrations.Run(db);
        var erasures = Erasing.CatchUp(db, journal, now);
        // Whoever was signed out since then must not be signed in again.
        db.Execute("DELETE FROM session");
        if (Check.Run(db) is [var problem, ..]) throw new BackupException($"The restored practice is not sound: {problem}. Use another backup.");
        db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return erasures;
    }
}

/// <summary>What a restore has done.</summary>
/// <param name="CreatedAt">The moment the practice was brought back to, in UTC as ISO 8601 has it.</param>
/// <param name="Digest">The digest of what the backup held.</param>
/// <param name="Erasures">How many erasures of later were done again.</param>
/// <param name="Kept">Where what was there before is now; null if nothing was.</param>
internal sealed record RestoreResult(string CreatedAt, string Digest, int Erasures, string? Kept);
