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
        var scope = BoardScope.Of(practice.Zone, days, rows);
        ImmutableArray<BoardColumn> columns =
        [
            .. from day in days.Zip(scope, (day, shown) => (day.Date, day.Shape, Shown: shown))
               from resource in wish.Resources
               select BoardColumn.Of(day.Shape, day.Date, day.Shown, resource, rows) with { Layers = BoardLayer.Of(day.Shape, resource, day.Shown, now) },
        ];
        return new Board(wish, columns, scope.Max(shown => shown.Length));
    }
}
