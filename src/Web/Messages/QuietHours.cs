using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>From when until when by the practice's clock nothing is sent that can wait; over midnight, if it begins later than it ends.</summary>
internal readonly record struct QuietHours(LocalTime From, LocalTime Until, DateTimeZone Zone)
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The practice's.</summary>
    public static QuietHours Of(Change change) => change.Db.Row(
        "SELECT quiet_from, quiet_until FROM practice", row => (Clock.Parse(row.GetString(0)).Value, Clock.Parse(row.GetString(1)).Value)) is var (from, until)
        ? new QuietHours(from, until, change.Book.Practice.Zone)
        : default;

    /// <summary>The first moment from this one on at which something may be sent.</summary>
    public Instant FirstMoment(Instant from)
    {
        var now = from.InZone(Zone);
        var (time, begins, ends) = (now.TimeOfDay, From, Until);
        var isQuiet = begins < ends ? time >= begins && time < ends : begins > ends && (time >= begins || time < ends);
        return isQuiet ? (time < ends ? now.Date + ends : now.Date.PlusDays(1) + ends).InZoneLeniently(Zone).ToInstant() : from;
    }
}
