using NodaTime;
using NodaTime.TimeZones;

namespace VetBooking.Scheduling;

/// <summary>
/// One date in the practice's zone as a stretch of cells: 288 of them, or 276 or 300 when the clocks change.
/// </summary>
internal readonly struct LocalDay
{
    private readonly DateTimeZone zone;

    public LocalDay(DateTimeZone zone, LocalDate date)
    {
        this.zone = zone;
        Date = date;
        var first = zone.AtStartOfDay(date);
        var start = first.ToInstant();
        var end = zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
        Range = new CellRange(Cells.At(start), Cells.At(end));
        var interval = zone.GetZoneInterval(start);
        // Some zones change their clocks at midnight, and then a day begins at 1:00.
        IsEven = first.TimeOfDay == LocalTime.Midnight && (!interval.HasEnd || interval.End >= end);
    }

    public LocalDate Date { get; }

    public CellRange Range { get; }

    /// <summary>Whether wall time runs through this day without a change of the clocks.</summary>
    public bool IsEven { get; }

    public LocalDay DayBefore() => new(zone, Date.PlusDays(-1));

    public LocalDay DayAfter() => new(zone, Date.PlusDays(1));

    /// <summary>
    /// The cell at which something begins at this wall time. In the hour that is skipped in spring it begins when the
    /// clocks have changed; in the hour that comes twice in autumn it begins the first time.
    /// </summary>
    public int Begin(LocalTime time) => IsEven ? Range.From + CellsInto(time) : Map(time, Resolvers.ReturnEarlier);

    /// <summary>The cell before which something ends at this wall time; in the hour that comes twice, the second time.</summary>
    public int End(LocalTime time) => IsEven ? Range.From + CellsInto(time) : Map(time, Resolvers.ReturnLater);

    /// <summary>Like <see cref="End"/>, but a cell that is only partly over at this wall time still belongs to it.</summary>
    public int EndCovering(LocalTime time) => End(time) + Rest(time);

    /// <summary>Minutes after the full hour on the wall clock at a cell of this day.</summary>
    public int MinuteOfHour(int cell) => IsEven
        ? (cell - Range.From) * Cells.Minutes % 60
        : Cells.Start(cell).InZone(zone).Minute;

    /// <summary>The whole cells inside the hours that begin on this day; they may reach into the next day.</summary>
    public CellRange Of(WeeklyHours hours) => new(
        Begin(hours.From) + Rest(hours.From),
        hours.To > hours.From ? End(hours.To) : DayAfter().End(hours.To));

    private static int CellsInto(LocalTime time) => (int)(time.TickOfDay / NodaConstants.TicksPerMinute) / Cells.Minutes;

    /// <summary>1 if the time lies inside a cell, 0 if it lies between two.</summary>
    private static int Rest(LocalTime time) => time.TickOfDay % (Cells.Seconds * NodaConstants.TicksPerSecond) == 0 ? 0 : 1;

    private int Map(LocalTime time, AmbiguousTimeResolver twice) =>
        Cells.At(zone.ResolveLocal(Date + time, Resolvers.CreateMappingResolver(twice, Resolvers.ReturnStartOfIntervalAfter)).ToInstant());
}
