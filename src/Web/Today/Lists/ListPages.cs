using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Lists;

/// <summary>A day as a list, to look at and to print.</summary>
internal static class ListPages
{
    /// <summary><c>GET /praxis/liste</c>: any day's, today's unless said.</summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var date = DayList.Read(staff.Visitor.Asked("tag")) ?? staff.Visitor.Today;
        return Answer(staff, readers, date, isTomorrow: false);
    }

    /// <summary><c>GET /praxis/morgen</c>: the next day the practice is open.</summary>
    public static IResult Tomorrow(Staff staff, Readers readers) =>
        Answer(staff, readers, DayList.NextWorkingDay(staff.Book.Practice, staff.Visitor.Today), isTomorrow: true);

    private static IResult Answer(Staff staff, Readers readers, LocalDate date, bool isTomorrow)
    {
        var list = readers.Read(db => DayList.Load(db, staff.Book, staff.T, date));
        return Page.Ok(ListPage.Create(new ListModel(staff, list, staff.Visitor.Asked("nach") == "person", isTomorrow)));
    }
}

/// <summary>The list of a day as a page.</summary>
public sealed record ListModel(Staff Staff, DayList List, bool ByPerson, bool IsTomorrow)
{
    public string Title => IsTomorrow ? Staff.T.FlowTomorrow(List.Date) : Staff.T.FlowListOf(List.Date);

    /// <summary>The address of this list, of another day or in the other order.</summary>
    public string Url(LocalDate date, bool byPerson) => Staff.Visitor.Url("/praxis/liste", ("tag", NodaTime.Text.LocalDatePattern.Iso.Format(date)), ("nach", byPerson ? "person" : null));
}
