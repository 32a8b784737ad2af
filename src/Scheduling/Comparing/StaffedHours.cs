using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>How long people are at work in each hour of the week.</summary>
public static class StaffedHours
{
    /// <summary>
    /// Minutes of all people together in which they could serve, opening hours, shifts and absences counted, without the
    /// times that staff keep free of visits: by weekday (1 is Monday, ISO 8601) and hour of the wall clock (0 to 23).
    /// </summary>
    public static int[,] Of(Practice practice, DateInterval days, IEnumerable<Occupancy>? blocked = null)
    {
        var window = new CellRange(new LocalDay(practice.Zone, days.Start).Range.From, new LocalDay(practice.Zone, days.End).Range.To);
        var open = WorkingTime.OfPractice(practice, days, window);
        var kept = (blocked ?? []).ToLookup(one => one.Resource, one => one.Range);
        var people = practice.Resources.Where(one => one.Kind == ResourceKind.Person)
            .Select(one => WorkingTime.Of(practice, one, days, open, window).Without(kept[one.Id])).ToList();
        var minutes = new int[8, 24];
        const int Step = 60 / Cells.Minutes;
        for (var cell = window.From; cell < window.To; cell += Step)
        {
            var hour = new CellRange(cell, Math.Min(cell + Step, window.To));
            var at = Cells.Start(cell).InZone(practice.Zone);
            minutes[(int)at.DayOfWeek, at.Hour] += Cells.Minutes * people.Sum(one => one.Count(hour));
        }
        return minutes;
    }
}
