using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>One date for looking at: its cells, when the practice is open, who is at work. Any date, not only those that can be booked.</summary>
public sealed class DayShape
{
    private readonly Diary diary;

    private DayShape(Diary diary, CellRange cells) => (this.diary, Cells) = (diary, cells);

    /// <summary>The date's cells: 288 of them, or 276 or 300 when the clocks change.</summary>
    public CellRange Cells { get; }

    /// <summary>The stretches in which the practice is open, in order.</summary>
    public ImmutableArray<CellRange> Open => diary.Open.Runs(Cells);

    /// <summary>Works out a date.</summary>
    public static DayShape Of(Practice practice, LocalDate date)
    {
        var days = new DateInterval(date, date);
        return new DayShape(Diary.For(practice, days, []), new LocalDay(practice.Zone, date).Range);
    }

    /// <summary>The stretches in which a resource can serve, in order; none if it is no longer the practice's.</summary>
    public ImmutableArray<CellRange> Working(string resource) =>
        Find(resource) is null ? [] : diary.Working(resource).Runs(Cells);

    /// <summary>A resource's stretches that owners cannot book yet, because they are kept for urgent cases.</summary>
    public IEnumerable<CellRange> HeldBack(string resource, Instant now) =>
        Find(resource) is { } found ? diary.HeldBack(found, diary.Days.Start, now).Select(CellsOf) : [];

    /// <summary>A resource's stretches in which it is busy elsewhere, by a calendar of its own.</summary>
    public IEnumerable<CellRange> BusyElsewhere(string resource) =>
        Find(resource) is { } found ? diary.BusyElsewhere(found, diary.Days.Start).Select(CellsOf) : [];

    /// <summary>The cell at which something begins at this wall time: in the hour that comes twice, the first time.</summary>
    public int CellAt(LocalTime time) => diary.Day(diary.Days.Start).Begin(time);

    private Resource? Find(string id) => diary.Practice.Resources.FirstOrDefault(one => one.Id == id);

    private static CellRange CellsOf(Interval interval) => new(Scheduling.Cells.At(interval.Start), Scheduling.Cells.At(interval.End));
}
