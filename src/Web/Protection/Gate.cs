using Microsoft.AspNetCore.Authorization;
using VetBooking.Web.Machines.Tokens;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Protection;

/// <summary>What a route asks of whoever calls it.</summary>
/// <param name="Right">What they must be allowed to do.</param>
/// <param name="Proved">Whether they must have proved who they are just now: for what cannot be undone or opens doors.</param>
public sealed record StaffOnly(Right Right, bool Proved = false);

/// <summary>A route that scripts call by themselves, whether somebody sits at the screen or not: it keeps no session alive.</summary>
public sealed record Unattended;

/// <summary>
/// Lets in whom a route is open to. A route that nobody opened by name does not exist, as far as anyone can tell; a staff
/// route wants a session, the right, and for everything that changes something a form of this very session's; a program's
/// wants a token.
/// </summary>
internal static class Gate
{
    /// <summary>Opens a group of routes to staff.</summary>
    public static RouteGroupBuilder For(this RouteGroupBuilder group, Right right, bool proved = false) => group.WithMetadata(new StaffOnly(right, proved));

    public static async Task Invoke(HttpContext http, RequestDelegate next)
    {
        // What is no route is the framework's own answer that an open address was called by a wrong method.
        if (http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            var (staff, token) = (endpoint.Metadata.GetMetadata<StaffOnly>(), endpoint.Metadata.GetMetadata<TokenOnly>());
            if (staff is null && token is null) http.SetEndpoint(null);
            else if ((staff is not null ? await WhyNot(http, staff) : await TokenDoor.WhyNot(http, token!)) is { } refused)
            {
                await refused.ExecuteAsync(http);
                return;
            }
        }
        await next(http);
    }

    private static async Task<IResult?> WhyNot(HttpContext http, StaffOnly wanted)
    {
        var visitor = Visitor.Of(http);
        if (StaffCookie.Read(http) is not { } token || OpenSession(http, token, visitor) is not { } session) return SignInFirst(visitor);
        var staff = new Staff(visitor, session, Sessions.FormToken(token));
        http.Features.Set(staff);
        if (!staff.May(wanted.Right))
        {
            await Denied(http, staff, wanted);
            return Page.With(NotAllowed.Create(staff), StatusCodes.Status403Forbidden);
        }
        if (IsChange(http) && !(SameSite(http) && Sessions.IsFormToken(token, await FormTokenOf(visitor)))) return Results.Text(staff.T.StaffStaleForm, statusCode: StatusCodes.Status400BadRequest);
        if (wanted.Proved && visitor.Now - session.Proved > Sessions.ProvedFor) return Visitor.SeeOther(visitor.Url("/praxis/anmelden/nachweis", ("zurueck", WayBack(http))));
        if (visitor.Now - session.Seen > Sessions.SeenEvery && http.GetEndpoint()?.Metadata.GetMetadata<Unattended>() is null)
        {
            await http.RequestServices.GetRequiredService<Writer>().Write(change =>
            {
                Sessions.Touch(change, session.Id);
                return true;
            });
        }
        return null;
    }

    private static Session? OpenSession(HttpContext http, string token, Visitor visitor) =>
        http.RequestServices.GetRequiredService<Readers>().Read(db => Sessions.Open(db, token, visitor.Now));

    /// <summary>A page leads to the sign-in and back; a script or a form that changes something is told so.</summary>
    private static IResult SignInFirst(Visitor visitor) => HttpMethods.IsGet(visitor.Http.Request.Method) && !IsScript(visitor.Http)
        ? Visitor.SeeOther(visitor.Url("/praxis/anmelden", ("zurueck", WayBack(visitor.Http))))
        : Page.With(SignedOut.Create(visitor), StatusCodes.Status401Unauthorized);

    /// <summary>The page itself, or for a form the area it belongs to: <c>/praxis/team</c> for <c>/praxis/team/4/rolle</c>.</summary>
    private static string WayBack(HttpContext http) => HttpMethods.IsGet(http.Request.Method)
        ? http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent()
        : string.Join('/', http.Request.Path.ToUriComponent().Split('/').Take(3));

    /// <summary>Notes that somebody tried what they may not: their right is what matters, not what they typed.</summary>
    private static Task<bool> Denied(HttpContext http, Staff staff, StaffOnly wanted) => http.RequestServices.GetRequiredService<Writer>().Write(change =>
    {
        Audit.Add(change, staff.Actor, "access.denied", "session", staff.Session.Id, wanted.Right == Right.Manage ? "manage" : "plan");
        return true;
    });

    private static bool IsScript(HttpContext http) => http.Request.Headers["Sec-Fetch-Mode"].ToString() is "cors" or "same-origin" or "no-cors";

    private static bool IsChange(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);

    /// <summary>Browsers say where a request came from; only from this site may one change something.</summary>
    public static bool SameSite(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";

    private static async Task<string> FormTokenOf(Visitor visitor) =>
        visitor.Http.Request.Headers[Staff.FormTokenField].ToString() is { Length: > 0 } header ? header : (await visitor.Form())[Staff.FormTokenField].ToString();
}
