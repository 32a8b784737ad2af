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
        foreach (var absence in resource.Absences)
        {
            working = working.Without(new CellRange(
                new LocalDay(practice.Zone, absence.From.Date).Begin(absence.From.TimeOfDay),
                new LocalDay(practice.Zone, absence.To.Date).End(absence.To.TimeOfDay)));
        }
        return working;
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
