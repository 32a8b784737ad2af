using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>Everything the rules must know of one practice, apart from what is already taken.</summary>
public sealed record Practice
{
    /// <summary>The practice's time zone; all wall times below are in it.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>When the practice is open. Several entries for one weekday are several stretches of that day.</summary>
    public ImmutableArray<WeeklyHours> Opening { get; init; } = [];

    /// <summary>Days on which the practice stays closed, with the reason that is shown.</summary>
    public ImmutableArray<Closure> Closures { get; init; } = [];

    /// <summary>The public holidays that close the practice; none if null.</summary>
    public HolidayRegion? Holidays { get; init; }

    /// <summary>People, rooms and devices, in the practice's own order.</summary>
    public ImmutableArray<Resource> Resources { get; init; } = [];

    /// <summary>What a visit can be for, in the practice's own order.</summary>
    public ImmutableArray<VisitType> VisitTypes { get; init; } = [];

    /// <summary>Until then owners cannot book online; null if they can.</summary>
    public Instant? PausedUntil { get; init; }

    /// <summary>Whether online booking rests at a moment.</summary>
    public bool IsPaused(Instant now) => now < PausedUntil;

    /// <summary>The visit type with this id, or null.</summary>
    public VisitType? VisitType(string id) => VisitTypes.FirstOrDefault(type => type.Id == id);

    /// <summary>Why the practice is closed all day on <paramref name="date"/>; null if it is not closed for a reason of its own.</summary>
    public Closure? ClosureOn(LocalDate date)
    {
        foreach (var closure in Closures)
        {
            if (closure.From <= date && date <= closure.To) return closure;
        }
        return Holidays?.On(date) is { } holiday ? new Closure(date, date) { Holiday = holiday } : null;
    }
}

/// <summary>
/// One stretch of one weekday. <paramref name="To"/> at or before <paramref name="From"/> means the next day,
/// so 00:00–00:00 is open all day.
/// </summary>
public sealed record WeeklyHours(IsoDayOfWeek Day, LocalTime From, LocalTime To)
{
    /// <summary>First date on which this holds; always, if null.</summary>
    public LocalDate? ValidFrom { get; init; }

    /// <summary>Last date on which this holds; for ever, if null.</summary>
    public LocalDate? ValidTo { get; init; }

    /// <summary>Every week, or only in weeks with an even or odd ISO number.</summary>
    public WeekRhythm Rhythm { get; init; }

    /// <summary>Whether this stretch begins on <paramref name="date"/>.</summary>
    public bool AppliesOn(LocalDate date) =>
        date.DayOfWeek == Day
        && (ValidFrom is not { } from || from <= date)
        && (ValidTo is not { } to || date <= to)
        && (Rhythm == WeekRhythm.EveryWeek
            || NodaTime.Calendars.WeekYearRules.Iso.GetWeekOfWeekYear(date) % 2 == (Rhythm == WeekRhythm.EvenWeeks ? 0 : 1));
}

/// <summary>Which ISO weeks a stretch of working time belongs to.</summary>
public enum WeekRhythm { EveryWeek, EvenWeeks, OddWeeks }

/// <summary>Whole days on which the practice is closed, both ends included.</summary>
public sealed record Closure(LocalDate From, LocalDate To)
{
    /// <summary>The reason in the practice's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Who steps in, in the practice's words.</summary>
    public string? Substitute { get; init; }

    /// <summary>The public holiday, if that is the reason.</summary>
    public Holiday? Holiday { get; init; }
}

/// <summary>What kind of thing a visit takes up.</summary>
public enum ResourceKind { Person, Room, Device }

/// <summary>A person, room or device. It can serve one visit at a time.</summary>
public sealed record Resource(string Id, ResourceKind Kind)
{
    /// <summary>What a person can do; needs of visit types refer to it.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>When the resource is at work. Without any, whenever the practice is open.</summary>
    public ImmutableArray<WeeklyHours> Shifts { get; init; } = [];

    /// <summary>Times at which it is not there after all: leave, training, maintenance.</summary>
    public ImmutableArray<Absence> Absences { get; init; } = [];

    /// <summary>
    /// When it is busy elsewhere, as a calendar of its own says: to owners as good as taken, to staff a hint. In order.
    /// </summary>
    public ImmutableArray<CellRange> Elsewhere { get; init; } = [];

    /// <summary>Its times that are kept for urgent cases.</summary>
    public ImmutableArray<Reserve> Reserves { get; init; } = [];
}

/// <summary>
/// Time kept for urgent cases: owners cannot book it until the wall clock shows <paramref name="Opens"/> on the day on which
/// it begins. To staff it is free like any other.
/// </summary>
public sealed record Reserve(WeeklyHours Hours, LocalTime Opens);

/// <summary>A stretch of wall time, half-open.</summary>
public readonly record struct Absence(LocalDateTime From, LocalDateTime To);
