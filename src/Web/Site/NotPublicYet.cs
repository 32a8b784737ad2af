using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Site;

/// <summary>Keeps a practice off the web until the law's particulars are there (DDG § 5): nothing can be booked before.</summary>
internal static class NotPublicYet
{
    private const string AskAgainAfterSeconds = "3600";

    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var visitor = Visitor.Of(context.HttpContext);
        if (!visitor.Profile.Missing.IsEmpty) return Answer(visitor);
        return ByPhone.Concerns(visitor) ? Page.Ok(ByPhonePage.Create(visitor)) : await next(context);
    }

    /// <summary>Says what is missing: to people on a page, to programs by the name of the column.</summary>
    public static IResult Answer(Visitor visitor)
    {
        visitor.Http.Response.Headers.RetryAfter = AskAgainAfterSeconds;
        return visitor.Http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? Problem(visitor)
            : Page.With(NotPublicPage.Create(visitor), StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>A column of <see cref="Storage.Profile.Missing"/> in words.</summary>
    public static string Wanted(Text t, string column) => t.ClosedWanted(column.Replace('_', '-'));

    private static IResult Problem(Visitor visitor)
    {
        var body = new ProblemBody("not-public", visitor.T.ClosedHeading, StatusCodes.Status503ServiceUnavailable, visitor.T.ClosedText.Plain)
        {
            Errors = visitor.Profile.Missing.ToDictionary(column => column, column => new[] { visitor.T.ClosedMissing(Wanted(visitor.T, column)) }),
        };
        return Results.Json(body, BookingJson.Default.ProblemBody, contentType: "application/problem+json", statusCode: body.Status);
    }
}
