using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Machines.Webhooks;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn.Team;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;
using VetBooking.Web.WaitingList;

namespace VetBooking.Web.Shared;

/// <summary>
/// When a sleeping practice wants to be woken: an empty file in its folder, whose time is the minute. Whoever wakes practices
/// reads times alone, and learns nothing else.
/// </summary>
internal sealed class WakeTime(DataFolder folder, Readers readers, Writer writer, IClock clock)
{
    private static readonly HashSet<long> None = [];

    /// <summary>The practice is awake.</summary>
    public void Clear() => File.Delete(folder.Wake);

    /// <summary>The practice goes to sleep.</summary>
    public void Leave()
    {
        var now = clock.GetCurrentInstant().InZone(writer.Current.Practice.Zone);
        // Never none: a practice without the file has not gone to sleep in order, and is woken at once.
        var due = readers.Read(db => Next(db, now, writer.Current.Profile.IsDemo)) ?? now.ToInstant() + Duration.FromDays(1);
        // Under another name until its time is right: a file made just now would say "now".
        var beside = folder.Wake + ".new";
        File.WriteAllBytes(beside, []);
        File.SetLastWriteTimeUtc(beside, due.ToDateTimeUtc());
        File.Move(beside, folder.Wake, overwrite: true);
    }

    /// <summary>When something is due that only an awake practice does; null if nothing ever is.</summary>
    internal static Instant? Next(Db db, ZonedDateTime now, bool isDemo)
    {
        Instant?[] due = [Outbox.NextDue(db), Holds.NextEnd(db), KeptTimes.NextEnd(db), WebhookQueue.NextDue(db, None), SupportAccess.NextEnd(db), isDemo ? null : Night(db, now)];
        // What could not be done just now is not done a second later either.
        return due.Min() is { } next ? Instant.Max(next, now.ToInstant() + Duration.FromMinutes(1)) : null;
    }

    // Backup, retention and the look at the disk in one waking. Each practice has a minute of its own, or a thousand would wake at once.
    private static Instant Night(Db db, ZonedDateTime now)
    {
        if (BackupNight.Due(db, now).Backup) return now.ToInstant() + Duration.FromMinutes(10);
        var hour = Math.Max(BackupPlan.Load(db).Hour, RetentionNight.Hour);
        var minute = PracticeFacts.Identity(db).Aggregate(0, (sum, letter) => ((sum * 31) + letter) % 60);
        var tonight = BackupNight.At(now, hour) + Duration.FromMinutes(minute);
        return tonight > now.ToInstant() ? tonight : BackupNight.At(now.Date.PlusDays(1).AtStartOfDayInZone(now.Zone), hour) + Duration.FromMinutes(minute);
    }
}
