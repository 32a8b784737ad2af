using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>Makes a backup into the practice's own folder, forgets old ones and rehearses, and remembers how each of them went.</summary>
public sealed class BackupRoutine(Writer writer, Readers readers, DataFolder folder, IClock clock) : IDisposable
{
    private readonly SemaphoreSlim once = new(1);

    /// <summary>Makes one now.</summary>
    public Task<BackupRun> Back() => Remembered("backup", () =>
    {
        Files.MakeFolder(folder.Backups);
        var now = clock.GetCurrentInstant();
        var made = Backup.Take(folder, folder.Backups, now);
        var (plan, practice) = readers.Read(db => (BackupPlan.Load(db), PracticeFacts.Identity(db)));
        Backup.Forget(folder.Backups, practice, plan.Days, plan.Most, now);
        return Task.FromResult((made.File, made.Bytes));
    });

    /// <summary>Brings the newest one back into a place of its own and tries it.</summary>
    public Task<BackupRun> Rehearse() => Remembered("rehearsal", async () =>
    {
        var newest = Newest() ?? throw new BackupException("There is no backup yet.");
        await Rehearsal.Run(newest.Path, folder, clock);
        return (newest.Path, new FileInfo(newest.Path).Length);
    });

    /// <summary>The practice's backups, the newest first.</summary>
    internal List<(string Path, BackupHead Head)> All() => Backup.In(folder.Backups, readers.Read(PracticeFacts.Identity));

    /// <inheritdoc/>
    public void Dispose() => once.Dispose();

    private (string Path, BackupHead Head)? Newest() => All() is [var newest, ..] ? newest : null;

    private async Task<BackupRun> Remembered(string kind, Func<Task<(string File, long Bytes)>> run)
    {
        // Two at once would only be slower.
        await once.WaitAsync();
        BackupRun result;
        try
        {
            var (file, bytes) = await Task.Run(run);
            result = new BackupRun(kind, clock.GetCurrentInstant(), file, bytes, null);
        }
        catch (Exception failed) when (failed is BackupException or JournalException or SqliteException or IOException or UnauthorizedAccessException)
        {
            result = new BackupRun(kind, clock.GetCurrentInstant(), "", 0, failed.GetType().Name);
        }
        finally
        {
            once.Release();
        }
        await writer.Write(change =>
        {
            result.Note(change.Db);
            return true;
        });
        return result;
    }
}
