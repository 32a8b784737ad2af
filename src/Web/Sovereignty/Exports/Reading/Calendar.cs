using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports.Reading;

/// <summary>Every appointment of an export as one calendar, as the practice would write it into its own.</summary>
internal static class Calendar
{
    public static string Write(Db db, Instant now)
    {
        var (practice, book) = (PracticeFacts.Identity(db), Book.Load(db, now));
        return CalendarFile.WriteAll(ExportedVisit.Where(db, "t.state IN ('booked', 'cancelled')").Select(visit => new CalendarEvent
        {
            Uid = $"{visit.Number}@{practice}",
            Sequence = visit.Revision,
            Stamp = now,
            When = new Interval(visit.Start, visit.Start + Duration.FromMinutes(visit.Minutes)),
            Status = visit.State == "booked" ? EventStatus.Confirmed : EventStatus.Cancelled,
            Summary = $"{book.Profile.VisitType(book.Profile.Languages[0], visit.VisitType).Name}: {visit.Name} ({visit.Animals})",
            Location = "",
            Description = visit.Note,
            Organizer = (Shown.Line(book.Profile.Name), book.Profile.Email),
        }));
    }
}
