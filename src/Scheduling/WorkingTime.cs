using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>When each resource is at work, worked out once for a window of days.</summary>
internal static class WorkingTime
{
    /// <summary>The cells in which the practice is open.</summary>
    public static CellSet OfPractice(Practice practice, DateInterval days, CellRange window) =>
        CellSet.Of(window, Stretches(practice, practice.Opening, days));

    /// <summary>The cells in which <paramref name="resource"/> can serve: open hours, its shifts, less its absences.</summary>
    public static CellSet Of(Practice practice, Resource resource, DateInterval days, CellSet open, CellRange window)
    {
        var working = resource.Shifts.IsEmpty
            ? open
            : open.Intersect(CellSet.Of(window, Stretches(practice, resource.Shifts, days)));
        return resource.Absences.IsEmpty ? working : working.Without(Absences(practice, resource, days));
    }

    private static IEnumerable<CellRange> Absences(Practice practice, Resource resource, DateInterval days)
    {
        var (first, end) = (days.Start.AtMidnight(), days.End.PlusDays(1).AtMidnight());
        foreach (var absence in resource.Absences)
        {
            // Cut to the window first: "until further notice" may end in the year 9999.
            var from = absence.From > first ? absence.From : first;
            var to = absence.To < end ? absence.To : end;
            if (from >= to) continue;
            yield return new CellRange(
                new LocalDay(practice.Zone, from.Date).Begin(from.TimeOfDay),
                new LocalDay(practice.Zone, to.Date).EndCovering(to.TimeOfDay));
        }
    }

    private static IEnumerable<CellRange> Stretches(Practice practice, IEnumerable<WeeklyHours> weekly, DateInterval days)
    {
        var byWeekday = weekly.ToLookup(hours => hours.Day);
        // From the day before: its night shift may reach into the window.
        for (var date = days.Start.PlusDays(-1); date <= days.End; date = date.PlusDays(1))
        {
            if (!byWeekday.Contains(date.DayOfWeek) || practice.ClosureOn(date) is not null) continue;
            var day = new LocalDay(practice.Zone, date);
            foreach (var hours in byWeekday[date.DayOfWeek])
            {
                if (hours.AppliesOn(date)) yield return day.Of(hours);
            }
        }
    }
}
