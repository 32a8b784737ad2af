using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>
/// Has every page of the database file compared once a day, so that what a disk changes by itself is known long before the last
/// good backup is gone. A practice that slept does it when it wakes; a demo has nothing to lose.
/// </summary>
internal sealed class PageNight(Writer writer, Readers readers, PageRound round, IClock clock, ILogger<PageNight> log) : BackgroundService
{
    private static readonly Duration Between = Duration.FromHours(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Keep(Look, stoppingToken);

    private async Task Look()
    {
        try
        {
            if (writer.Current.Profile.IsDemo) return;
            var last = readers.Read(db => BackupRun.Last(db, "pages"));
            if (writer.IsAiling || (last is not null && clock.GetCurrentInstant() - last.At < Between)) return;
            if (await round.Run() is { Problem: { } problem }) log.LogError(Fault.DiskChangedData, "The disk has changed the database by itself: {Problem}. Restore the last verified backup.", problem);
        }
        catch (Exception broken) when (broken is StorageException or SqliteException or IOException or UnauthorizedAccessException)
        {
            log.LogError(Fault.PageComparison, "The database's pages could not be compared: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
        }
    }
}
