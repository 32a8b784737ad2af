using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Messages;

/// <summary>How sure an event is; the STATUS of the calendar file.</summary>
public enum EventStatus { Confirmed, Tentative, Cancelled }

/// <summary>One appointment as a calendar should show it: the owner's time, without buffers.</summary>
public sealed record CalendarEvent
{
    /// <summary>Stays the same for ever, so that a calendar recognises the appointment.</summary>
    public required string Uid { get; init; }

    /// <summary>Grows with every change; a calendar keeps the highest.</summary>
    public required int Sequence { get; init; }

    /// <summary>When this file was made.</summary>
    public required Instant Stamp { get; init; }

    public required Interval When { get; init; }
    public required EventStatus Status { get; init; }
    public required string Summary { get; init; }
    public required string Location { get; init; }
    public required string Description { get; init; }

    /// <summary>Name and mail address of the practice; RFC 5546 wants an organizer in what is published.</summary>
    public required (string Name, string Email) Organizer { get; init; }

    /// <summary>The manage link, if whoever gets the file may have it.</summary>
    public string? Url { get; init; }
}

/// <summary>Writes calendar files (RFC 5545): always UTC, so that no time zone has to be explained.</summary>
public static class CalendarFile
{
    /// <summary>The media type to serve a file with.</summary>
    public const string MediaType = "text/calendar; charset=utf-8";

    private const int MostOctetsInLine = 75;
    internal static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>The calendar file of an appointment as it stands, for whoever may see it.</summary>
    public static string For(Appointment appointment, Book book, Text text, InstanceSettings settings, Instant now) =>
        Write(EventOf(appointment, book, text, settings, now));

    /// <summary>An appointment as calendars should show it.</summary>
    public static CalendarEvent EventOf(Appointment appointment, Book book, Text text, InstanceSettings settings, Instant now)
    {
        var practice = Shown.Line(book.Profile.Name);
        return new CalendarEvent
        {
            // The host makes it the only one of its kind in the world.
            Uid = $"{appointment.Number}@{Letter.Host(settings)}",
            Sequence = appointment.Revision,
            Stamp = now,
            When = new Interval(appointment.Start, appointment.Start + Duration.FromMinutes(appointment.Minutes)),
            Status = appointment.State switch
            {
                VisitState.Booked => EventStatus.Confirmed,
                VisitState.Held or VisitState.Requested => EventStatus.Tentative,
                _ => EventStatus.Cancelled,
            },
            Summary = text.MailCalendarSummary(practice),
            Location = Shown.Address(book.Profile),
            Description = string.Join('\n', Details(appointment, book.Profile, text)),
            Organizer = (practice, book.Profile.Email),
        };
    }

    /// <summary>The file for an event.</summary>
    public static string Write(CalendarEvent happening) => Write([happening], happening.Status == EventStatus.Cancelled ? "METHOD:CANCEL" : "METHOD:PUBLISH");

    /// <summary>One file for many events, to be kept: it asks nobody for anything.</summary>
    public static string WriteAll(IEnumerable<CalendarEvent> happenings) => Write(happenings, null);

    private static string Write(IEnumerable<CalendarEvent> happenings, string? method)
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//VetBooking//VetBooking//DE");
        Line(file, "CALSCALE:GREGORIAN");
        if (method is not null) Line(file, method);
        foreach (var happening in happenings) Write(file, happening);
        Line(file, "END:VCALENDAR");
        return file.ToString();
    }

    private static void Write(StringBuilder file, CalendarEvent happening)
    {
        Line(file, "BEGIN:VEVENT");
        Line(file, "UID:" + Escape(happening.Uid));
        Line(file, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{happening.Sequence}"));
        Line(file, "DTSTAMP:" + Utc.Format(happening.Stamp));
        Line(file, "DTSTART:" + Utc.Format(happening.When.Start));
        Line(file, "DTEND:" + Utc.Format(happening.When.End));
        Line(file, "SUMMARY:" + Escape(happening.Summary));
        if (happening.Location.Length > 0) Line(file, "LOCATION:" + Escape(happening.Location));
        if (happening.Description.Length > 0) Line(file, "DESCRIPTION:" + Escape(happening.Description));
        Line(file, $"ORGANIZER;CN=\"{Quoted(happening.Organizer.Name)}\":mailto:{Address(happening.Organizer.Email)}");
        if (Uri.TryCreate(happening.Url, UriKind.Absolute, out var url)) Line(file, "URL:" + url.AbsoluteUri);
        Line(file, happening.Status switch { EventStatus.Cancelled => "STATUS:CANCELLED", EventStatus.Tentative => "STATUS:TENTATIVE", _ => "STATUS:CONFIRMED" });
        Line(file, happening.Status == EventStatus.Cancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
        Line(file, "END:VEVENT");
    }

    private static IEnumerable<string> Details(Appointment appointment, Profile profile, Text text)
    {
        yield return $"{text.MailLabelWhat}: {Shown.Line(profile.VisitType(appointment.Language, appointment.VisitType).Name)}";
        if (Shown.Animals(appointment) is { Length: > 0 } animals) yield return $"{text.MailLabelAnimals}: {animals}";
        if (profile.Vet(appointment.Vet) is { Length: > 0 } vet) yield return $"{text.MailLabelVet}: {Shown.Line(vet)}";
        yield return $"{text.MailLabelNumber}: {appointment.Number}";
        if (profile.Phone.Length > 0) yield return text.MailPhone(Shown.Line(profile.Phone));
    }

    internal static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        foreach (var rune in value.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n') escaped.Append("\\n");
            else if (rune.Value is '\\' or ';' or ',') escaped.Append('\\').Append(rune);
            else if (!Rune.IsControl(rune)) escaped.Append(rune);
        }
        return escaped.ToString();
    }

    // A quoted parameter can hold no quote and no control character, escaped or not.
    private static string Quoted(string value) => string.Concat(value.EnumerateRunes().Where(rune => rune.Value != '"' && !Rune.IsControl(rune)));

    private static string Address(string email) => Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>Ends a line and folds it where RFC 5545 wants, never inside a character.</summary>
    internal static void Line(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctetsInLine)
            {
                file.Append("\r\n ");
                octets = 1;
            }
            file.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        file.Append("\r\n");
    }
}
