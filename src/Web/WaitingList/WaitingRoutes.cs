using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.WaitingList.Desk;
using VetBooking.Web.WaitingList.Owners;

namespace VetBooking.Web.WaitingList;

/// <summary>The addresses of the waiting list.</summary>
internal static class WaitingRoutes
{
    /// <summary>What owners use: the form, and what is behind the links in their mails.</summary>
    public static void MapOwners(RouteGroupBuilder open)
    {
        open.MapGet(JoinPages.Address, JoinPages.Show);
        open.MapPost(JoinPages.Address, JoinPages.Join);
        open.MapGet(JoinPages.Address + "/gesendet", JoinPages.Sent);
        var link = open.MapGroup("/warteliste/{token}");
        link.MapGet("", EntryPages.Show);
        link.MapPost("/bestaetigung", EntryPages.Confirm);
        link.MapPost("/annahme", EntryPages.Accept);
        link.MapPost("/ablehnung", EntryPages.Decline);
        link.MapPost("/weiter", EntryPages.GoOn);
        link.MapPost("/ende", EntryPages.Leave);
    }

    public static void MapDesk(RouteGroupBuilder praxis)
    {
        praxis.MapGroup("").For(Right.Read).MapGet("/warteliste", QueuePages.Show);
        var plan = praxis.MapGroup("/warteliste").For(Right.Plan);
        plan.MapGet("/neu", QueuePages.AskNew);
        plan.MapPost("/neu", QueuePages.Add);
        plan.MapGet("/{id}", QueuePages.AskEdit);
        plan.MapPost("/{id}", QueuePages.Save);
        plan.MapPost("/{id}/ende", QueuePages.Remove);
        var manage = praxis.MapGroup("/einstellungen/warteliste").For(Right.Manage);
        manage.MapGet("", ListRulePages.Show);
        manage.MapPost("", ListRulePages.Save);
    }
}
