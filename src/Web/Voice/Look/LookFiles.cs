using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Voice.Look.Pictures;

namespace VetBooking.Web.Voice.Look;

/// <summary>The practice's own files: its style sheet, fonts and pictures, each with a hash of its content in its address.</summary>
internal static class LookFiles
{
    // Opened by itself, a picture is shown and nothing else.
    private const string PicturePolicy = "default-src 'none'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The file at an address under <c>/dateien</c> that is none of the program's; not found, if it is not the practice's either.</summary>
    public static IResult Get(HttpContext http, string path)
    {
        var look = http.RequestServices.GetRequiredService<Writer>().Current.Profile.Look;
        if (look.Sheet is { } sheet && sheet.Path == path) return sheet.Send(http);
        if (HeadFont.At(path) is { } font) return font.Send(http);
        return look.Photos.Values.Prepend(look.Logo).FirstOrDefault(one => one?.Path == path) is { } picture
            && http.RequestServices.GetRequiredService<Readers>().Read(db => Picture.ContentOf(db, picture.Name)) is { } content
            ? Send(http, new Asset(path, picture.Type, content))
            : Results.NotFound();
    }

    /// <summary><c>GET /praxis/einstellungen/aussehen/bild/{name}</c></summary>
    public static IResult Draft(Staff staff, Readers readers, string name) => readers.Read(db => Picture.ContentOf(db, name)) is { } content
        ? Send(staff.Visitor.Http, new Asset(name, Picture.TypeOf(name), content))
        : Results.NotFound();

    /// <summary><c>GET /praxis/einstellungen/aussehen/probe.css</c></summary>
    public static IResult Specimen(Staff staff) => Theme.Read(staff.Visitor.Asked("farbe"), staff.Visitor.Asked("ecken"), staff.Visitor.Asked("schrift")) is { } theme
        ? Results.Bytes(LookSheet.Specimen(theme), "text/css; charset=utf-8")
        : Results.NotFound();

    private static IResult Send(HttpContext http, Asset picture)
    {
        http.Response.Headers.ContentSecurityPolicy = PicturePolicy;
        return picture.Send(http);
    }
}
