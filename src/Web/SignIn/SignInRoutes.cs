using VetBooking.Web.Protection;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.SignIn.Log;
using VetBooking.Web.SignIn.Own;
using VetBooking.Web.SignIn.Team;

namespace VetBooking.Web.SignIn;

/// <summary>The addresses of signing in, of one's own account, and of the team's.</summary>
internal static class SignInRoutes
{
    public static void MapDoor(RouteGroupBuilder door)
    {
        door.MapGet("/anmelden", SignInPages.Show);
        door.MapPost("/anmelden", SignInPages.Password);
        door.MapGet("/anmelden/code", SignInPages.AskCode);
        door.MapPost("/anmelden/code", SignInPages.Code);
        door.MapPost("/anmelden/passkey", SignInPages.Passkey);
        door.MapPost("/anmelden/passkey/frage", SignInPages.AskPasskey);
        door.MapGet("/einladung/{token}", InvitationPages.Show);
        door.MapPost("/einladung/{token}", InvitationPages.Accept);
        door.MapPost("/einladung/{token}/frage", InvitationPages.AskPasskey);
        // Opened by the link of `vetbooking init`.
        door.MapGet("/einrichten/{token}", FirstAdministratorPages.Show);
        door.MapPost("/einrichten/{token}", FirstAdministratorPages.Save);
    }

    public static void MapStaff(RouteGroupBuilder praxis)
    {
        var read = praxis.MapGroup("").For(Right.Read);
        read.MapGet("", StaffPages.Start);
        read.MapPost("/abmelden", StaffPages.SignOut);
        read.MapGet("/anmelden/nachweis", ProofPages.Show);
        read.MapPost("/anmelden/nachweis", ProofPages.Prove);
        read.MapPost("/anmelden/nachweis/frage", ProofPages.AskPasskey);
        read.MapGet("/konto", OwnPages.Show);
        read.MapPost("/konto/sitzungen/{id:long}/ende", OwnPages.EndSession);
        read.MapPost("/konto/sitzungen/ende", OwnPages.EndOthers);
        read.MapPost("/konto/passkey/{id}/name", WayInPages.RenamePasskey);
        read.MapPost("/konto/liste", AddressPages.SetList);

        var own = praxis.MapGroup("/konto").For(Right.Read, proved: true);
        own.MapGet("/passwort", WayInPages.AskPassword);
        own.MapPost("/passwort", WayInPages.Password);
        own.MapGet("/app", WayInPages.AskApp);
        own.MapPost("/app", WayInPages.App);
        own.MapGet("/passkey", WayInPages.ShowPasskey);
        own.MapPost("/passkey", WayInPages.AddPasskey);
        own.MapPost("/passkey/frage", WayInPages.AskPasskey);
        own.MapPost("/passkey/{id}/entfernung", WayInPages.RemovePasskey);
        own.MapGet("/adresse", AddressPages.Ask);
        own.MapPost("/adresse", AddressPages.Send);
        own.MapGet("/adresse/{token}", AddressPages.Show);
        own.MapPost("/adresse/{token}", AddressPages.Confirm);
        own.MapGet("/codes", OwnPages.ShowCodes);
        own.MapPost("/codes", OwnPages.RenewCodes);

        var manage = praxis.MapGroup("").For(Right.Manage);
        manage.MapGet("/protokoll", LogPages.Show);

        var team = praxis.MapGroup("/team").For(Right.Manage, proved: true);
        team.MapGet("", TeamPages.Show);
        team.MapGet("/neu", TeamPages.AskNew);
        team.MapPost("/neu", TeamPages.Invite);
        team.MapGet("/betreiber", TeamPages.AskSupport);
        team.MapPost("/betreiber", TeamPages.GrantSupport);
        team.MapGet("/{id:long}", TeamPages.ShowOne);
        team.MapPost("/{id:long}", TeamPages.Change);
        team.MapPost("/{id:long}/einladung", TeamPages.InviteAgain);
        team.MapPost("/{id:long}/schliessung", TeamPages.Close);
        team.MapPost("/{id:long}/oeffnung", TeamPages.Open);
        team.MapPost("/{id:long}/sitzungen/ende", TeamPages.EndSessions);
    }
}
