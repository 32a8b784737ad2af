using NodaTime;

namespace VetBooking.Web.Texts;

/// <summary>Whether a wall time comes twice on its day, and which of the two is meant.</summary>
public enum Twice { No, First, Second }

/// <summary>A moment as the practice's clock on the wall shows it, and which of the two it is in the hour that comes twice in autumn.</summary>
public readonly record struct WallTime(LocalDate Date, LocalTime Time, Twice Twice)
{
    /// <summary>What the wall clock of a zone shows at an instant.</summary>
    public static WallTime Of(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        var mapping = zone.MapLocal(local);
        var twice = mapping.Count < 2 ? Twice.No : mapping.First().ToInstant() == instant ? Twice.First : Twice.Second;
        return new WallTime(local.Date, local.TimeOfDay, twice);
    }

    /// <summary>The time of day in words: "09:10 Uhr", and in the hour that comes twice "02:30 Uhr (Sommerzeit)".</summary>
    public string Clock(Text text) => text.TimeClock(Time, Twice switch { Twice.First => "first", Twice.Second => "second", _ => "no" });

    /// <summary>Weekday, date with the year, and time.</summary>
    public string Full(Text text) => text.TimeFull(Date, Clock(text));

    /// <summary>Weekday, date without the year, and time.</summary>
    public string WithoutYear(Text text) => text.TimeLong(Date, Clock(text));
}
