using VetBooking.Web.Storage;

namespace VetBooking.Web.Texts;

/// <summary>Which language somebody reads.</summary>
internal static class PageLanguage
{
    /// <summary>
    /// The one asked for in the address, else the first of the browser's that the practice speaks, else the practice's first.
    /// Staff's pages are in the complete languages only.
    /// </summary>
    public static string Of(HttpContext http, Profile profile) =>
        Choose(http, http.Request.Path.StartsWithSegments("/praxis", StringComparison.Ordinal) ? [.. profile.Languages.Intersect(Text.Complete).DefaultIfEmpty("de")] : profile.Languages);

    /// <summary>The texts in that language.</summary>
    public static Text TextOf(HttpContext http, Profile profile) => profile.Texts.In(Of(http, profile));

    /// <summary>The language while nothing is known of the practice.</summary>
    public static string Accepted(HttpContext http) => Choose(http, Text.Languages);

    private static string Choose(HttpContext http, IReadOnlyList<string> spoken)
    {
        var asked = http.Request.Query["lang"].ToString();
        if (spoken.Contains(asked)) return asked;
        foreach (var accepted in http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1))
        {
            var language = accepted.Value.Value?.Split('-')[0].ToLowerInvariant() ?? "";
            if (spoken.Contains(language)) return language;
        }
        return spoken[0];
    }
}
