using System.Globalization;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Protection;

/// <summary>Slows down whoever asks more often than any number of people in one place would.</summary>
internal static class TooManyRequests
{
    public static Task Invoke(HttpContext http, RequestDelegate next, Limits limits)
    {
        if (limits.TooManyRequests(Asking(http)) is not { } wait) return next(http);
        var text = Text.In(PageLanguage.Accepted(http));
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) return Problems.TooMany(wait, text).ExecuteAsync(http);
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Results.Text(text.ApiTooMany, "text/plain; charset=utf-8", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }

    /// <summary>Whom a request is counted for: all screens of a practice share one address, so each of its sessions counts for itself.</summary>
    private static string Asking(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/praxis", StringComparison.Ordinal) || StaffCookie.Read(http) is not { } token) return http.Block();
        var now = http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        // A cookie that opens nothing must not give anybody a count of their own.
        return http.RequestServices.GetRequiredService<Readers>().Read(db => Sessions.Open(db, token, now)) is { } session
            ? string.Create(CultureInfo.InvariantCulture, $"session {session.Id}")
            : http.Block();
    }
}
