using VetBooking.Web.Shared;

namespace VetBooking.Web.SignIn;

/// <summary>The one cookie of the practice's pages: a staff session's. Owners never get any.</summary>
internal static class StaffCookie
{
    /// <summary>The token a browser sent; null if none.</summary>
    public static string? Read(HttpContext http) => http.Request.Cookies[Name(http)] is { Length: > 0 } token ? token : null;

    /// <summary>Gives a browser its token.</summary>
    public static void Write(HttpContext http, string token) => http.Response.Cookies.Append(Name(http), token, Options(http));

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name(http), Options(http));

    // RFC 6265bis, 4.1.3.2: with the prefix, no other host and no page without TLS can set it. Without TLS, as in a
    // practice's own network or a demonstration, browsers would not take it.
    private static string Name(HttpContext http) => IsSecure(http) ? "__Host-praxis" : "praxis";

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = IsSecure(http), SameSite = SameSiteMode.Strict, Path = "/" };

    private static bool IsSecure(HttpContext http) => http.RequestServices.GetRequiredService<InstanceSettings>().PublicUrl.StartsWith("https:", StringComparison.Ordinal);
}
