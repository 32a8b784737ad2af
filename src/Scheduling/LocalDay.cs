using NodaTime;
using NodaTime.TimeZones;

namespace VetBooking.Scheduling;

/// <summary>
/// One date in the practice's zone as a stretch of cells: 288 of them, or 276 or 300 when the clocks change.
/// </summary>
internal readonly struct LocalDay
{
    private readonly DateTimeZone zone;
    private readonly bool even;

    public LocalDay(DateTimeZone zone, LocalDate date)
    {
        this.zone = zone;
        Date = date;
        var start = zone.AtStartOfDay(date).ToInstant();
        var end = zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
        Range = new CellRange(Cells.At(start), Cells.At(end));
        var interval = zone.GetZoneInterval(start);
        even = !interval.HasEnd || interval.End >= end;
    }

    public LocalDate Date { get; }

    public CellRange Range { get; }

    /// <summary>
    /// The cell at which something begins at this wall time. In the hour that is skipped in spring it begins when the
    /// clocks have changed; in the hour that comes twice in autumn it begins the first time.
    /// </summary>
    public int Begin(LocalTime time) => even ? Range.From + CellsInto(time) : Map(time, Resolvers.ReturnEarlier);

    /// <summary>The cell before which something ends at this wall time; in the hour that comes twice, the second time.</summary>
    public int End(LocalTime time) => even ? Range.From + CellsInto(time) : Map(time, Resolvers.ReturnLater);

    /// <summary>Minutes after the full hour on the wall clock at a cell of this day.</summary>
    public int MinuteOfHour(int cell) => even
        ? (cell - Range.From) * Cells.Minutes % 60
        : Cells.Start(cell).InZone(zone).Minute;

    /// <summary>The stretch of cells that hours beginning on this day cover; they may reach into the next day.</summary>
    public CellRange Of(WeeklyHours hours) => new(
        Begin(hours.From),
        hours.To > hours.From ? End(hours.To) : new LocalDay(zone, Date.PlusDays(1)).End(hours.To));

    private static int CellsInto(LocalTime time) => (int)(time.TickOfDay / NodaConstants.TicksPerMinute) / Cells.Minutes;

    private int Map(LocalTime time, AmbiguousTimeResolver twice) =>
        Cells.At(zone.ResolveLocal(Date + time, Resolvers.CreateMappingResolver(twice, Resolvers.ReturnStartOfIntervalAfter)).ToInstant());
}
