using VetBooking.Web.Messages.Samples;
using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.Voice.Words;

namespace VetBooking.Web.Voice;

/// <summary>The addresses of how the practice speaks and looks.</summary>
internal static class VoiceRoutes
{
    public static void Map(RouteGroupBuilder praxis)
    {
        var settings = praxis.MapGroup("/einstellungen").For(Right.Manage);
        settings.MapGet("/texte", OwnTextPages.List);
        settings.MapGet("/texte/{language}/{key}", OwnTextPages.Show);
        settings.MapPost("/texte/{language}/{key}", OwnTextPages.Save);
        settings.MapGet("/nachrichten", SamplePages.List);
        settings.MapGet("/nachrichten/{kind}", SamplePages.Show);
        settings.MapPost("/nachrichten/{kind}", SamplePages.Send);
        settings.MapGet("/sprachen", LanguagePages.Show);
        settings.MapPost("/sprachen", LanguagePages.Save);
    }
}
