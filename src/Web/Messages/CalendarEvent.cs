using NodaTime;

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
