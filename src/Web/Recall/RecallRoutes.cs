using VetBooking.Web.Protection;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Recall.Dates;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Recall;

/// <summary>The addresses of what falls due: for owners out of their mail, for staff, and in the settings.</summary>
internal static class RecallRoutes
{
    /// <summary>Open whatever becomes of the practice: whoever got a mail must be able to end them.</summary>
    public static void MapAnyone(RouteGroupBuilder anyone)
    {
        anyone.MapGet("/erinnern/{token}", ConsentPages.AskEnd);
        anyone.MapPost("/erinnern/{token}", ConsentPages.End);
        anyone.MapGet("/erinnern/ja/{token}", ConsentPages.AskConfirm);
        anyone.MapPost("/erinnern/ja/{token}", ConsentPages.Confirm);
    }

    public static void Map(RouteGroupBuilder praxis)
    {
        praxis.MapGroup("").For(Right.Read).MapGet("/faellig", DuePages.List);
        var plan = praxis.MapGroup("").For(Right.Plan);
        plan.MapPost("/tiere/{id}/faellig", DuePages.Enter);
        plan.MapPost("/tiere/{id}/faellig/{rule}", DuePages.Switch);
        plan.MapPost("/kunden/{id}/erinnern", ConsentCardPages.Decide);
        var settings = praxis.MapGroup("/einstellungen/faellig").For(Right.Manage);
        settings.MapGet("", RecallRulePages.List);
        settings.MapPost("/start", RecallRulePages.Begin);
        settings.MapGet("/{id}", RecallRulePages.Show);
        settings.MapPost("/{id}", RecallRulePages.Save);
    }
}
