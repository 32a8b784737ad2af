using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>When people are busy elsewhere, by calendars of their own.</summary>
public static class Elsewhere
{
    /// <summary>A resource's stretches on one day, for a layer of the day board. They bind owners only.</summary>
    public static IEnumerable<Interval> BusyElsewhere(this Diary diary, Resource resource, LocalDate date)
    {
        var day = diary.Day(date).Range;
        return resource.Elsewhere.Where(day.Overlaps).Select(range => new Interval(Cells.Start(Math.Max(range.From, day.From)), Cells.Start(Math.Min(range.To, day.To))));
    }
}
