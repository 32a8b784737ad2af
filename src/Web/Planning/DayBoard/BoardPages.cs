using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Planning.DayBoard;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>The day board and the week.</summary>
internal static class BoardPages
{
    /// <summary><c>GET /praxis/tag?tag=2026-11-25</c>; today, if it names no day.</summary>
    public static Task<IResult> Day(Staff staff, Readers readers) => Show(staff, readers, week: false);

    /// <summary><c>GET /praxis/woche?tag=2026-11-25&amp;bei=weber</c></summary>
    public static Task<IResult> Week(Staff staff, Readers readers) => Show(staff, readers, week: true);

    /// <summary><c>POST /praxis/ansicht</c>: keeps how somebody likes to see the board.</summary>
    public static async Task<IResult> KeepView(Staff staff, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var practice = staff.Book.Practice;
        ImmutableArray<string> chosen = [.. practice.Resources.Select(one => one.Id).Where(form["spalte"].Contains)];
        var height = form["hoehe"].ToString();
        await writer.Write(change =>
        {
            BoardView.Save(change, staff.Account.Id, new BoardView(chosen, BoardView.Heights.Contains(height) ? height : "middle"));
            return true;
        });
        return Visitor.SeeOther(BackTo(staff, form));
    }

    /// <summary>The board a form was on.</summary>
    public static string BackTo(Staff staff, IFormCollection form, string said = "")
    {
        var week = form["zurueck"] == "woche";
        return staff.Visitor.Url(week ? "/praxis/woche" : "/praxis/tag",
            ("tag", BoardPageModel.Iso(DateOf(form["tag"].ToString()) ?? staff.Visitor.Today)), ("bei", week ? form["bei"].ToString() : ""), ("rueckgaengig", said));
    }

    /// <summary>A date as addresses carry it; null if it is none the practice could mean.</summary>
    public static LocalDate? DateOf(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && date.Year is > 1990 and < 2200 ? date : null;

    private static async Task<IResult> Show(Staff staff, Readers readers, bool week)
    {
        var (wish, act) = readers.Read(db => (Wish(db, staff, week), LastAct.Of(db, staff)));
        var (board, columns) = await staff.Visitor.Http.RequestServices.GetRequiredService<BoardCache>().Written(staff, readers, wish);
        return Page.Ok(BoardPage.Create(new BoardPageModel(staff, board, columns, act)));
    }

    /// <summary>What an address asks for.</summary>
    internal static BoardWish Wish(Db db, Staff staff, bool week)
    {
        var practice = staff.Book.Practice;
        var date = DateOf(staff.Visitor.Asked("tag")) ?? staff.Visitor.Today;
        var view = BoardView.Of(db, practice, staff.Account.Id);
        if (!week) return new BoardWish(date, null, view);
        var asked = staff.Visitor.Asked("bei");
        var whose = practice.Resources.FirstOrDefault(one => one.Id == asked) ?? practice.Resources.FirstOrDefault(one => one.Id == staff.Account.Resource) ?? practice.Resources.FirstOrDefault();
        return new BoardWish(date, whose?.Id, view);
    }
}
