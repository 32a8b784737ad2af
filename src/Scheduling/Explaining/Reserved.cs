using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>What is kept for urgent cases and has not opened yet.</summary>
public static class Reserved
{
    /// <summary>A resource's stretches that owners cannot book yet on one day.</summary>
    public static IEnumerable<Interval> HeldBack(this Diary diary, Resource resource, LocalDate date, Instant now)
    {
        var day = diary.Day(date);
        return resource.HeldBack(day, now).Where(day.Range.Overlaps).Select(range => new Interval(Cells.Start(range.From), Cells.Start(range.To)));
    }

    /// <summary>When the next stretch opens to owners, and on which date it lies; null if none does today or tomorrow.</summary>
    public static (Instant At, LocalDate Date)? NextOpening(this Practice practice, Instant now)
    {
        var today = new LocalDay(practice.Zone, now.InZone(practice.Zone).Date);
        return (from day in (LocalDay[])[today, today.DayAfter()]
                from reserve in practice.Resources.SelectMany(one => one.Reserves)
                where reserve.Hours.AppliesOn(day.Date)
                let at = Cells.Start(day.Begin(reserve.Opens))
                where at > now
                orderby at
                select ((Instant, LocalDate)?)(at, day.Date)).FirstOrDefault();
    }

    /// <summary>The same around a day: a visit that begins on it may reach into the next one, and its journey begin on the one before.</summary>
    internal static IEnumerable<CellRange> HeldBack(this Resource resource, LocalDay day, Instant now)
    {
        foreach (var reserve in resource.Reserves)
        {
            foreach (var near in (LocalDay[])[day.DayBefore(), day, day.DayAfter()])
            {
                if (reserve.Hours.AppliesOn(near.Date) && now < Cells.Start(near.Begin(reserve.Opens))) yield return near.Of(reserve.Hours);
            }
        }
    }
}
