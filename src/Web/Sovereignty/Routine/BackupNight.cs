using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>
/// A backup every night, and a rehearsal every week. A practice that sleeps then does it when it wakes, or the operator's
/// <c>backup</c> does it for it. A demo has nothing to lose.
/// </summary>
internal sealed class BackupNight(Writer writer, Readers readers, BackupRoutine routine, IClock clock, ILogger<BackupNight> log) : BackgroundService
{
    private static readonly Duration BetweenRehearsals = Duration.FromDays(7);

    /// <summary>What is to be done at this moment.</summary>
    internal static (bool Backup, bool Rehearsal) Due(Db db, ZonedDateTime now)
    {
        var (last, tried) = (BackupRun.Last(db, "backup"), BackupRun.Last(db, "rehearsal"));
        var tonight = At(now, BackupPlan.Load(db).Hour);
        return (now.ToInstant() >= tonight && (last is null || last.At < tonight), last is not null && (tried is null || now.ToInstant() - tried.At >= BetweenRehearsals));
    }

    /// <summary>When today's clock shows the hour.</summary>
    internal static Instant At(ZonedDateTime now, int hour) => now.Date.AtMidnight().PlusHours(hour).InZoneLeniently(now.Zone).ToInstant();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Keep(Look, stoppingToken);

    private async Task Look()
    {
        try
        {
            if (writer.Current.Profile.IsDemo) return;
            var now = clock.GetCurrentInstant().InZone(writer.Current.Practice.Zone);
            var due = readers.Read(db => Due(db, now));
            if (due.Backup && await routine.Back() is { Problem: { } problem }) log.LogError(Fault.Backup, "The backup failed: {Problem}.", problem);
            if (due.Rehearsal && await routine.Rehearse() is { Problem: { } amiss }) log.LogError(Fault.Rehearsal, "The rehearsal of the newest backup failed: {Problem}.", amiss);
        }
        catch (Exception broken) when (broken is StorageException or SqliteException)
        {
            log.LogError(Fault.BackupRound, "Whether a backup is due could not be seen: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
        }
    }
}
