using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Shared;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Sovereignty.Papers;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty;

/// <summary>
/// Removes what is over its time, once a night, and gives papers that say something else by now their new number. A practice that sleeps then does it when it wakes, or the operator's
/// <c>retain</c> does it for it. A demo keeps its past: it is fiction, and there to be looked at.
/// </summary>
internal sealed class RetentionNight(Writer writer, Readers readers, InstanceSettings settings, IClock clock, ILogger<RetentionNight> log) : BackgroundService
{
    /// <summary>Not before this hour, by the practice's clock.</summary>
    internal const int Hour = 3;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Keep(() => Look(stoppingToken), stoppingToken);

    private async Task Look(CancellationToken stop)
    {
        try
        {
            var now = clock.GetCurrentInstant().InZone(writer.Current.Practice.Zone);
            if (now.Hour < Hour || writer.Current.Profile.IsDemo) return;
            var today = LocalDatePattern.Iso.Format(now.Date);
            if (readers.Read(db => db.Number("SELECT count(*) FROM practice WHERE retained_on = $today", ("$today", today))) > 0) return;
            await Retention.Apply(writer, Actor.Practice, stop);
            await writer.Write(change => PaperVersion.Settle(change, Actor.Practice, settings));
            await writer.Write(change => change.Db.Execute("UPDATE practice SET retained_on = $today", ("$today", today)));
        }
        catch (Exception broken) when (broken is StorageException or SqliteException)
        {
            log.LogError(Fault.Retention, "What is over its time could not be removed: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
        }
    }
}
