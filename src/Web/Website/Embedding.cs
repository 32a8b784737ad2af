using System.Collections.Immutable;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Website;

/// <summary>Which websites may show the booking in a frame, and the content security policy that says so.</summary>
public sealed class Embedding
{
    private const string Booking = "/buchen";

    private readonly string policy;

    /// <summary>Made once for every state of the practice, not for every answer.</summary>
    public Embedding(ImmutableArray<string> origins)
    {
        Origins = origins;
        Hosts = string.Join(' ', origins);
        // In a frame, a script of this site tells the page around it how high the booking is. Nobody else needs one.
        policy = origins.IsEmpty ? SecurityHeaders.Pages : $"{SecurityHeaders.PageRules}; script-src 'self'; frame-ancestors 'self' {Hosts}";
    }

    /// <summary>What holds until a practice names a website.</summary>
    public static Embedding Nowhere { get; } = new([]);

    /// <summary>The origins of the websites, in the practice's order.</summary>
    public ImmutableArray<string> Origins { get; }

    /// <summary>The same, with blanks between them.</summary>
    public string Hosts { get; }

    /// <summary>Reads what the practice allows.</summary>
    public static Embedding Load(Db db) =>
        db.Rows("SELECT origin FROM embedding_origin ORDER BY position", row => row.GetString(0)) is { Count: > 0 } origins ? new Embedding([.. origins]) : Nowhere;

    /// <summary>
    /// Opens the booking to frames, and nothing else. An address in other letters reaches the same page and stays closed.
    /// </summary>
    public static Task Invoke(HttpContext http, RequestDelegate next)
    {
        if (IsBooking(http)) http.Response.Headers.ContentSecurityPolicy = http.RequestServices.GetRequiredService<Writer>().Current.Profile.Embedding.policy;
        return next(http);
    }

    /// <summary>
    /// Whether the booking is being shown in a frame. Browsers say so with every step, forms and redirections included, so
    /// nothing has to travel in the address, and a link copied out of a frame opens as a whole page.
    /// </summary>
    public static bool IsFramed(HttpContext http) => http.Request.Headers["Sec-Fetch-Dest"] == "iframe" && IsBooking(http);

    private static bool IsBooking(HttpContext http) => http.Request.Path.StartsWithSegments(Booking, StringComparison.Ordinal);
}
