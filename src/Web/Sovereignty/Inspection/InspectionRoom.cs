using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Inspection;

/// <summary>What came of wanting to look into a backup.</summary>
public abstract record InspectionAnswer
{
    private InspectionAnswer() { }

    /// <summary>It was opened, and this is what it says.</summary>
    public sealed record Opened(Inspected What) : InspectionAnswer;

    /// <summary>Somebody else is looking.</summary>
    public sealed record Busy : InspectionAnswer;

    /// <summary>It is damaged or not to be opened here, or there is no room for it.</summary>
    public sealed record Unreadable : InspectionAnswer;
}

/// <summary>
/// Opens a backup to be looked into: one at a time, in a folder for nobody else's eyes, which is overwritten as soon as what was
/// asked for has been read. The practice itself stays as it is.
/// </summary>
public sealed class InspectionRoom(DataFolder folder, IClock clock, ILogger<InspectionRoom> log) : IDisposable
{
    private readonly SemaphoreSlim once = new(1);

    /// <summary>Reads in a backup what is asked for.</summary>
    internal async Task<InspectionAnswer> Open(string backup, Func<Db, Inspected> ask)
    {
        if (!await once.WaitAsync(0)) return new InspectionAnswer.Busy();
        try
        {
            return new InspectionAnswer.Opened(await Task.Run(() => Read(backup, ask)));
        }
        catch (Exception failed) when (failed is BackupException or JournalException or NewerDatabaseException or SqliteException or IOException or UnauthorizedAccessException)
        {
            log.LogWarning("A backup could not be opened to be looked into: {Kind}.", failed.GetType().Name);
            return new InspectionAnswer.Unreadable();
        }
        finally
        {
            once.Release();
        }
    }

    /// <summary>Removes what a program that was killed has left.</summary>
    public static void Sweep(DataFolder folder) => Files.ShredFolder(Place(folder).Path);

    /// <inheritdoc/>
    public void Dispose() => once.Dispose();

    private static DataFolder Place(DataFolder folder) => new(Path.Combine(folder.Path, ".inspection"));

    private Inspected Read(string backup, Func<Db, Inspected> ask)
    {
        Sweep(folder);
        try
        {
            var place = Place(folder);
            var head = Restore.Beside(backup, place, folder, clock.GetCurrentInstant());
            using var db = Db.Open(place.Database, readOnly: true);
            return ask(db) with { Of = InstantPattern.General.Parse(head.CreatedAt).Value, Book = Book.Load(db, clock.GetCurrentInstant()) };
        }
        finally
        {
            Sweep(folder);
        }
    }
}
