using Microsoft.AspNetCore.Html;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Planning;

/// <summary>The board's page.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Board">At what.</param>
/// <param name="Columns">The columns as they are written.</param>
/// <param name="LastAct">What they did last and could take back; null if nothing.</param>
public sealed record BoardPageModel(Staff Staff, Board Board, IReadOnlyList<WrittenColumn> Columns, string? LastAct)
{
    public Text T => Staff.T;

    public LocalDate Date => Board.Wish.Date;

    public bool IsWeek => Board.Wish.Week is not null;

    /// <summary>What happened to a time taken back: done, nothing, late; empty if nobody tried.</summary>
    public string Said => Staff.Visitor.Asked("rueckgaengig");

    public string Heading => IsWeek
        ? T.DiaryWeekOf(Staff.Visitor.Profile.NameOf(Board.Wish.Week!), NodaTime.Calendars.WeekYearRules.Iso.GetWeekOfWeekYear(Date).ToString(System.Globalization.CultureInfo.InvariantCulture))
        : T.DiaryDay(Date);

    /// <summary>The same view on another date.</summary>
    public string On(LocalDate date) => Url(IsWeek, date, Board.Wish.Week);

    public string Previous => On(Step(-1));

    public string Next => On(Step(1));

    /// <summary>The address of a day or of somebody's week.</summary>
    public string Url(bool week, LocalDate date, string? resource = null) => week
        ? Staff.Visitor.Url("/praxis/woche", ("tag", Iso(date)), ("bei", resource))
        : Staff.Visitor.Url("/praxis/tag", ("tag", Iso(date)));

    /// <summary>Whose week a click on "week" shows: one's own, or the first column's.</summary>
    public string WeekOf => Staff.Account.Resource is { } own && Staff.Book.Practice.Resources.Any(one => one.Id == own) ? own : Board.Wish.Resources.FirstOrDefault() ?? "";

    /// <summary>The names of the hours at the left edge: the first row of each and its time.</summary>
    public IEnumerable<(int Row, string Time)> Hours
    {
        get
        {
            var zone = Staff.Book.Practice.Zone;
            for (var row = 1; row < Board.Shown.Length; row++)
            {
                if (Cells.Start(Board.Shown.From + row).InZone(zone).Minute == 0) yield return (row, ColumnModel.Shown(zone, Board.Shown.From + row));
            }
        }
    }

    /// <summary>The row in which now is; null if the board does not show it.</summary>
    public int? NowRow
    {
        get
        {
            if (IsWeek || Date != Staff.Visitor.Today) return null;
            var row = Cells.At(Staff.Now) - Board.Shown.From;
            return row >= 0 && row < Board.Rows ? row : null;
        }
    }

    /// <summary>A column in a word: whose it is, or in a week the day.</summary>
    public string NameOf(WrittenColumn column)
    {
        var at = Columns.Index().First(one => one.Item == column).Index;
        return IsWeek ? T.DiaryDayShort(Board.Columns[at].Date) : Staff.Visitor.Profile.NameOf(Board.Columns[at].Resource);
    }

    /// <summary>What the script says, one thing a line.</summary>
    public string ScriptWords => string.Join('\n',
        $"moving={T.DiaryScriptMoving}", $"sizing={T.DiaryScriptSizing}", $"aborted={T.DiaryScriptAborted}", $"saving={T.DiaryScriptSaving}",
        $"saved={T.DiaryScriptSaved}", $"refused={T.DiaryScriptRefused}", $"failed={T.DiaryScriptFailed}", $"overlaps={T.DiaryScriptOverlaps}",
        $"to={T.DiaryScriptTo}", $"new={T.DiaryScriptNew}", $"lost={T.DiaryScriptLost}", $"ended={T.DiaryScriptEnded}", $"back={T.DiaryScriptBack}");

    /// <summary>What the columns are like, for asking later which have changed.</summary>
    public static string StateOf(IEnumerable<WrittenColumn> columns) => string.Join(',', columns.Select(one => one.Hash));

    public static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);

    private LocalDate Step(int by) => Date.PlusDays(IsWeek ? by * 7 : by);
}

/// <summary>The button that takes the last act back.</summary>
public sealed record UndoModel(Staff Staff, string? Act, BoardWish Wish);

/// <summary>A column as it is sent, and what tells it from what it was before.</summary>
public sealed record WrittenColumn(string Key, string Hash, string Html)
{
    /// <summary>The column as part of a page.</summary>
    public HtmlString Markup => new(Html);
}
