using System.Globalization;
using VetBooking.Web.Booking;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Protection;

/// <summary>Slows down whoever asks more often than any number of people in one place would.</summary>
internal static class TooManyRequests
{
    public static Task Invoke(HttpContext http, RequestDelegate next, Limits limits)
    {
        if (limits.TooManyRequests(http.Block()) is not { } wait) return next(http);
        var text = Text.In(PageLanguage.Accepted(http));
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) return Problems.TooMany(wait, text).ExecuteAsync(http);
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Results.Text(text.ApiTooMany, "text/plain; charset=utf-8", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }
}
