using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.Voice.Look.Pictures;

namespace VetBooking.Web.Voice.Look;

/// <summary>The addresses of how the practice looks.</summary>
internal static class LookRoutes
{
    public static void Map(RouteGroupBuilder praxis)
    {
        var look = praxis.MapGroup("/einstellungen/aussehen").For(Right.Manage);
        look.MapGet("", LookPages.Show);
        look.MapPost("", LookPages.Save);
        look.MapGet("/probe.css", LookFiles.Specimen);
        look.MapGet("/bild/{name}", LookFiles.Draft);
        look.MapGet("/logo", PicturePages.ShowLogo);
        look.MapPost("/logo", PicturePages.SaveLogo).WithMetadata(PicturePages.Upload);
        look.MapGet("/fotos", PicturePages.List);
        look.MapGet("/fotos/{id}", PicturePages.ShowPhoto);
        look.MapPost("/fotos/{id}", PicturePages.SavePhoto).WithMetadata(PicturePages.Upload);
    }
}
