namespace VetBooking.Web.Protection;

/// <summary>What every answer forbids the browser, whatever the page (OWASP ASVS 5.0, 3.4).</summary>
internal static class SecurityHeaders
{
    /// <summary>What a page may fetch and do, without who may show it in a frame.</summary>
    public const string PageRules = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'";

    /// <summary>The content security policy of pages for everybody; of the booking, <see cref="Website.Embedding"/> knows more.</summary>
    public const string Pages = PageRules + "; frame-ancestors 'none'";

    // Staff pages get better with scripts of this site; what scripts put into a page goes through one named policy, and a
    // second one names the one worker there is.
    private const string StaffContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types own worker";

    /// <param name="http">The request.</param>
    /// <param name="next">The rest of the way.</param>
    /// <param name="isPublicOverTls">Whether people reach the practice by https; the proxy in front speaks it, not this program.</param>
    public static Task Invoke(HttpContext http, RequestDelegate next, bool isPublicOverTls)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/praxis", StringComparison.Ordinal) ? StaffContentSecurityPolicy : Pages;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Pages carry answers or appointments; files of the site say otherwise for themselves.
        headers.CacheControl = "no-store";
        if (isPublicOverTls) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }
}
