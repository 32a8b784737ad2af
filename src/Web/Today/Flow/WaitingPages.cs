using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Flow;

/// <summary>The waiting room.</summary>
internal static class WaitingPages
{
    /// <summary><c>GET /praxis/warteraum</c></summary>
    public static IResult Show(Staff staff, Readers readers) => Page.Ok(WaitingPage.Create(WaitingRoom.Load(staff, readers)));

    /// <summary><c>GET /praxis/warteraum/liste</c>: the list alone, for the script that keeps it fresh.</summary>
    public static IResult List(Staff staff, Readers readers) => Page.Ok(WaitingList.Create(WaitingRoom.Load(staff, readers)));
}
