using VetBooking.Web.Booking;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Shared.Faults;

/// <summary>Turns what went wrong on the way into an answer that says what to do. Nothing answers 500.</summary>
internal static class Failures
{
    public static async Task Invoke(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            if (http.Response is { StatusCode: 404, HasStarted: false, ContentType: null } && http.GetEndpoint() is null) await NotFound(http).ExecuteAsync(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = bad.StatusCode;
        }
        catch (InvalidDataException) when (!http.Response.HasStarted)
        {
            // A form with too many or too long fields.
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is waiting for an answer any more.
        }
#pragma warning disable CA1031 // Whatever it was, the visitor gets a sentence and the log the kind of error; never its text, which may hold personal data.
        catch (Exception broken) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            var cause = broken is StorageException { InnerException: { } inner } ? inner : broken;
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("VetBooking")
                .LogError(Fault.Request, "A request failed with {Kind} at {Place}.", cause.GetType().Name, PlaceOf(cause));
            http.RequestServices.GetRequiredService<Writer>().Trust.Judge(cause);
            await Unavailable(http, broken is StorageException { IsUncertain: true }).ExecuteAsync(http);
        }
    }

    private static IResult NotFound(HttpContext http) => IsApi(http)
        ? Problems.NotFound(PageLanguage.TextOf(http, BookOf(http).Profile))
        : NotFoundPage.Show(Visitor.Of(http));

    private static IResult Unavailable(HttpContext http, bool isUncertain)
    {
        http.Response.Headers.RetryAfter = "5";
        var text = Text.In(PageLanguage.Accepted(http));
        if (IsApi(http)) return isUncertain ? Problems.Uncertain(text) : Problems.Unavailable(text);
        return Page.With(UnavailablePage.Create(new Interrupted(text, isUncertain ? text.ApiUncertain : text.ApiUnavailable, http.Request)), StatusCodes.Status503ServiceUnavailable);
    }

    private static Book BookOf(HttpContext http) => http.RequestServices.GetRequiredService<Writer>().Current;

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static string PlaceOf(Exception error) =>
        error.StackTrace?.Split('\n', 2)[0].Trim() ?? "an unknown place";
}
