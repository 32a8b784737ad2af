using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>What somebody looks at: a day of several resources, or a week of one.</summary>
/// <param name="Date">The day, or any day of the week.</param>
/// <param name="Week">Whose week; null for a day.</param>
/// <param name="View">How they like to see it.</param>
public sealed record BoardWish(LocalDate Date, string? Week, BoardView View)
{
    /// <summary>The dates to show.</summary>
    public ImmutableArray<LocalDate> Dates =>
        Week is null ? [Date] : [.. Enumerable.Range(0, 7).Select(day => Date.PlusDays(1 - (int)Date.DayOfWeek + day))];

    /// <summary>The resources to show.</summary>
    public ImmutableArray<string> Resources => Week is null ? View.Resources : [Week];
}

/// <summary>The columns somebody looks at, laid out side by side on one scale.</summary>
public sealed record Board(BoardWish Wish, ImmutableArray<BoardColumn> Columns, int Rows)
{
    private const int HalfHour = 30 / Cells.Minutes;

    /// <summary>The cells of the left edge.</summary>
    public CellRange Shown => Columns.IsEmpty ? default : Columns[0].Shown;

    /// <summary>What makes boards alike: as long as it stays, single columns can be exchanged.</summary>
    public string Scale => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Shown.From}.{Rows}.{string.Join('.', Columns.Select(one => one.Resource))}.{Wish.Dates[0]:uuuuMMdd}");

    /// <summary>Reads and lays out.</summary>
    public static Board Load(Db db, Practice practice, BoardWish wish, Instant now)
    {
        var days = wish.Dates.Select(date => (Date: date, Shape: DayShape.Of(practice, date))).ToList();
        var rows = BoardRows.Load(db, wish.Resources, new CellRange(days[0].Shape.Cells.From, days[^1].Shape.Cells.To));
        var (first, last) = Scope(days.ConvertAll(day => day.Shape), rows);
        ImmutableArray<BoardColumn> columns =
        [
            .. from day in days
               let shown = new CellRange(Math.Min(day.Shape.Cells.From + first, day.Shape.Cells.To - 1), Math.Min(day.Shape.Cells.From + last, day.Shape.Cells.To))
               from resource in wish.Resources
               select BoardColumn.Of(day.Shape, day.Date, shown, resource, rows) with { Layers = BoardLayer.Of(day.Shape, resource, shown, now) },
        ];
        return new Board(wish, columns, last - first);
    }

    /// <summary>From half an hour before anything happens until half an hour after, as cells into the day.</summary>
    private static (int First, int Last) Scope(List<DayShape> days, BoardRows rows)
    {
        var taken = rows.Entries.SelectMany(one => one).Select(one => one.Taken).Concat(rows.Blocks.SelectMany(one => one).Select(one => one.Range)).ToList();
        var (first, last) = (int.MaxValue, 0);
        foreach (var day in days)
        {
            var (from, to) = (int.MaxValue, 0);
            foreach (var range in day.Open.Concat(taken.Where(one => one.Overlaps(day.Cells))))
            {
                from = Math.Min(from, Math.Max(range.From, day.Cells.From) - day.Cells.From);
                to = Math.Max(to, Math.Min(range.To, day.Cells.To) - day.Cells.From);
            }
            (first, last) = (Math.Min(first, from), Math.Max(last, to));
        }
        // A closed day with nothing in it still wants looking at.
        if (last == 0) (first, last) = (8 * 60 / Cells.Minutes, 18 * 60 / Cells.Minutes);
        var longest = days.Max(day => day.Cells.Length);
        return (Math.Max(0, (first - HalfHour) / HalfHour * HalfHour), Math.Min(longest, (last + 2 * HalfHour - 1) / HalfHour * HalfHour));
    }
}
