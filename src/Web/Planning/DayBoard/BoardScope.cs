using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;
using VetBooking.Scheduling;

namespace VetBooking.Web.Planning;

/// <summary>
/// Which hours a board shows: from half an hour before anything happens until half an hour after, by the clock on the wall.
/// So a day on which the clocks change stands beside the others with the same hours, if none of them is the one that changes.
/// </summary>
internal static class BoardScope
{
    private const int HalfHour = 30 / Cells.Minutes;
    private const int WholeDay = 24 * 60 / Cells.Minutes;

    private static readonly ZoneLocalMappingResolver Earlier = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver Later = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The cells to show of each day.</summary>
    public static ImmutableArray<CellRange> Of(DateTimeZone zone, IReadOnlyList<(LocalDate Date, DayShape Shape)> days, BoardRows rows)
    {
        var taken = rows.Entries.SelectMany(one => one).Select(one => one.Taken).Concat(rows.Blocks.SelectMany(one => one).Select(one => one.Range)).ToList();
        var (first, last) = (WholeDay, 0);
        foreach (var (_, day) in days)
        {
            foreach (var range in day.Open.Concat(taken.Where(one => one.Overlaps(day.Cells))))
            {
                first = Math.Min(first, range.From <= day.Cells.From ? 0 : OnTheWall(range.From));
                last = Math.Max(last, range.To >= day.Cells.To ? WholeDay : OnTheWall(range.To));
            }
        }
        // A closed day with nothing in it still wants looking at.
        if (last == 0) (first, last) = (8 * 60 / Cells.Minutes, 18 * 60 / Cells.Minutes);
        (first, last) = (Math.Max(0, (first - HalfHour) / HalfHour * HalfHour), Math.Min(WholeDay, (last + 2 * HalfHour - 1) / HalfHour * HalfHour));
        return [.. days.Select(day => new CellRange(At(day.Date, first, Earlier), At(day.Date, last, Later)))];

        int OnTheWall(int cell) => (int)(Cells.Start(cell).InZone(zone).TimeOfDay.TickOfDay / NodaConstants.TicksPerMinute / Cells.Minutes);

        int At(LocalDate date, int row, ZoneLocalMappingResolver which) => Cells.At(row == WholeDay
            ? zone.AtStartOfDay(date.PlusDays(1)).ToInstant()
            : (date.AtMidnight() + Period.FromMinutes(row * Cells.Minutes)).InZone(zone, which).ToInstant());
    }
}
