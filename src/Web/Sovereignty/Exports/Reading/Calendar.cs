using System.Text;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports.Reading;

/// <summary>Every appointment of an export as one calendar (RFC 5545).</summary>
internal static class Calendar
{
    public static async Task Write(TextWriter to, Db db, Instant now)
    {
        var practice = PracticeFacts.Identity(db);
        var book = Book.Load(db, now);
        await to.WriteAsync("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//VetBooking//VetBooking//DE\r\nCALSCALE:GREGORIAN\r\n");
        foreach (var month in db.Rows("SELECT DISTINCT substr(starts_local, 1, 7) FROM appointment ORDER BY 1", row => row.GetString(0)))
        {
            var happening = new StringBuilder();
            var minutes = db.Rows("SELECT id, minutes FROM appointment WHERE starts_local LIKE $month || '%'", row => (row.GetInt64(0), row.GetInt64(1)), ("$month", month)).ToDictionary();
            foreach (var visit in ExportedVisit.Where(db, "t.starts_local LIKE $month || '%' AND t.state IN ('booked', 'cancelled')", ("$month", month)))
            {
                CalendarFile.Line(happening, "BEGIN:VEVENT");
                CalendarFile.Line(happening, $"UID:{CalendarFile.Escape(visit.Number)}@{practice}");
                CalendarFile.Line(happening, "DTSTAMP:" + CalendarFile.Utc.Format(now));
                CalendarFile.Line(happening, "DTSTART:" + CalendarFile.Utc.Format(visit.Start));
                CalendarFile.Line(happening, "DTEND:" + CalendarFile.Utc.Format(visit.Start + Duration.FromMinutes(minutes[visit.Id])));
                CalendarFile.Line(happening, "SUMMARY:" + CalendarFile.Escape($"{book.Profile.VisitType(book.Profile.Languages[0], visit.VisitType).Name}: {visit.Name} ({visit.Animals})"));
                if (visit.Note.Length > 0) CalendarFile.Line(happening, "DESCRIPTION:" + CalendarFile.Escape(visit.Note));
                CalendarFile.Line(happening, visit.State == "booked" ? "STATUS:CONFIRMED" : "STATUS:CANCELLED");
                CalendarFile.Line(happening, "END:VEVENT");
            }
            await to.WriteAsync(happening.ToString());
        }
        await to.WriteAsync("END:VCALENDAR\r\n");
    }
}
