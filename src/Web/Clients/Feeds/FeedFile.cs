using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Feeds;

/// <summary>
/// Writes a feed: what one resource has to do from last week to three months ahead. Whose animal it is stays in the
/// practice; a calendar on a telephone is read by many programs.
/// </summary>
internal static class FeedFile
{
    private static readonly Duration Back = Duration.FromDays(7);
    private static readonly Duration Ahead = Duration.FromDays(92);

    public static string Write(Db db, Feed feed, Visitor visitor, string host)
    {
        var (t, profile, file) = (visitor.T, visitor.Profile, new StringBuilder());
        CalendarFile.Line(file, "BEGIN:VCALENDAR");
        CalendarFile.Line(file, "VERSION:2.0");
        CalendarFile.Line(file, "PRODID:-//VetBooking//VetBooking//DE");
        CalendarFile.Line(file, "CALSCALE:GREGORIAN");
        CalendarFile.Line(file, "METHOD:PUBLISH");
        CalendarFile.Line(file, "REFRESH-INTERVAL;VALUE=DURATION:PT30M");
        var taken = db.Rows(
            """
            SELECT t.number, t.revision, t.state, t.visit_type_id, o.starts_at, o.ends_at
            FROM occupancy o JOIN appointment t ON t.id = o.appointment_id
            WHERE o.resource_id = $resource AND o.ends_at > $from AND o.starts_at < $to AND t.state IN ('held', 'requested', 'booked')
            ORDER BY o.starts_at
            """,
            row => (Number: row.GetString(0), Revision: row.GetInt64(1), State: row.GetString(2), Type: row.GetString(3), From: row.GetInt64(4), To: row.GetInt64(5)),
            ("$resource", feed.Resource), ("$from", (visitor.Now - Back).ToUnixTimeSeconds()), ("$to", (visitor.Now + Ahead).ToUnixTimeSeconds()));
        foreach (var one in taken)
        {
            CalendarFile.Line(file, "BEGIN:VEVENT");
            // Not the appointment's number: whoever says that on the phone is believed to be its owner.
            CalendarFile.Line(file, $"UID:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{one.Number} {feed.Resource}")).AsSpan(0, 16))}@{host}");
            CalendarFile.Line(file, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{one.Revision}"));
            CalendarFile.Line(file, "DTSTAMP:" + CalendarFile.Utc.Format(visitor.Now));
            CalendarFile.Line(file, "DTSTART:" + CalendarFile.Utc.Format(Instant.FromUnixTimeSeconds(one.From)));
            CalendarFile.Line(file, "DTEND:" + CalendarFile.Utc.Format(Instant.FromUnixTimeSeconds(one.To)));
            CalendarFile.Line(file, "SUMMARY:" + CalendarFile.Escape(feed.Detail == "reason" ? profile.VisitType(visitor.Language, one.Type).Name : t.ClientsFeedBusy));
            CalendarFile.Line(file, one.State == "booked" ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE");
            CalendarFile.Line(file, "TRANSP:OPAQUE");
            CalendarFile.Line(file, "END:VEVENT");
        }
        CalendarFile.Line(file, "END:VCALENDAR");
        return file.ToString();
    }
}
