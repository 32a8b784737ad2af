using VetBooking.Web.Machines.Tokens;
using VetBooking.Web.Machines.Webhooks;
using VetBooking.Web.Messages.Gateway;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Machines;

/// <summary>The addresses for programs of the practice's, and those where it decides about them.</summary>
internal static class MachineRoutes
{
    public static void MapApi(RouteGroupBuilder staff)
    {
        staff.MapGroup("").ForToken(Scope.DayRead).MapGet("/day", DayApi.Show);
        var write = staff.MapGroup("").ForToken(Scope.AppointmentsWrite);
        write.MapPost("/bookings", StaffBookingApi.Book);
        write.MapPost("/appointments/{number}/cancellation", StaffBookingApi.Cancel);
    }

    public static void MapSettings(RouteGroupBuilder settings)
    {
        settings.MapGet("/webhooks", WebhookPages.List);
        settings.MapPost("/webhooks", WebhookPages.Add);
        settings.MapGet("/webhooks/{id}", WebhookPages.Show);
        settings.MapPost("/webhooks/{id}/probe", WebhookPages.Test);
        settings.MapPost("/webhooks/{id}/pause", WebhookPages.Pause);
        settings.MapPost("/webhooks/{id}/fortsetzung", WebhookPages.Resume);
        settings.MapPost("/webhooks/{id}/geheimnis", WebhookPages.Renew);
        settings.MapPost("/webhooks/{id}/loeschung", WebhookPages.Remove);
        settings.MapGet("/kurznachrichten", GatewayPages.Show);
        settings.MapPost("/kurznachrichten", GatewayPages.Save);
        settings.MapPost("/kurznachrichten/probe", GatewayPages.Test);
        settings.MapPost("/kurznachrichten/ende", GatewayPages.Remove);
        settings.MapGet("/zugriffe", TokenPages.Show);
        settings.MapPost("/zugriffe", TokenPages.Make);
        settings.MapPost("/zugriffe/{id}/widerruf", TokenPages.Revoke);
    }

    /// <summary>What sends, and what the pages need.</summary>
    public static void AddMachines(this IServiceCollection services, InstanceSettings settings)
    {
        services.AddSingleton(new SignedPost(settings.Outbound));
        services.AddSingleton<WebhookEnds>();
        services.AddSingleton<WebhookWays>();
        services.AddHostedService<WebhookSender>();
    }
}
