using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn;

/// <summary>The way in and the way out.</summary>
internal static class StaffPages
{
    /// <summary><c>GET /praxis</c>: wherever work begins.</summary>
    public static IResult Start(Staff staff) => Visitor.SeeOther(staff.Visitor.Url("/praxis/tag"));

    /// <summary><c>POST /praxis/abmelden</c></summary>
    public static async Task<IResult> SignOut(Staff staff, Writer writer)
    {
        await writer.Write(change =>
        {
            Sessions.End(change, staff.Actor, staff.Session.Id);
            return true;
        });
        StaffCookie.Delete(staff.Visitor.Http);
        staff.Visitor.Http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/anmelden"));
    }
}
