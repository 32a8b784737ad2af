namespace VetBooking.Web.Site;

/// <summary>What search engines read.</summary>
internal static class SearchEngines
{
    /// <summary><c>GET /robots.txt</c></summary>
    public static IResult Robots() => Results.NotFound();

    /// <summary><c>GET /sitemap.xml</c></summary>
    public static IResult Sitemap() => Results.NotFound();
}
