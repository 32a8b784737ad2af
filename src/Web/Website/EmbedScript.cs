using System.Text;

namespace VetBooking.Web.Website;

/// <summary>The script a website takes in to show the booking. It holds nothing of the practice's.</summary>
internal static class EmbedScript
{
    private static readonly byte[] Script = Read();

    /// <summary><c>GET /embed.js</c></summary>
    public static IResult Get(HttpContext http)
    {
        // Its address stays the same for ever, as it stands in other people's pages; a new version is there within the hour.
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Bytes(Script, "text/javascript; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var reader = new StreamReader(typeof(EmbedScript).Assembly.GetManifestResourceStream("VetBooking.Web.wwwroot.embed.embed.js")!);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
