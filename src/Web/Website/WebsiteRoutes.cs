namespace VetBooking.Web.Website;

/// <summary>The addresses that have to do with the practice's own website.</summary>
internal static class WebsiteRoutes
{
    /// <summary>What a website fetches.</summary>
    public static void MapAnyone(RouteGroupBuilder anyone) => anyone.MapGet("/embed.js", EmbedScript.Get);

    /// <summary>Below the settings, for whoever may change them.</summary>
    public static void MapSettings(RouteGroupBuilder website)
    {
        website.MapGet("", WebsitePages.Show);
        website.MapGet("/rahmen", OriginPages.Show);
        website.MapPost("/rahmen", OriginPages.Save);
        website.MapGet("/code.svg", WebsitePages.Svg);
        website.MapGet("/code.png", WebsitePages.Png);
        website.MapGet("/aushang/{format}", WebsitePages.Notice);
    }
}
