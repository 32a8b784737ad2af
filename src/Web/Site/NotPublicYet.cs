using VetBooking.Web.Storage;

namespace VetBooking.Web.Site;

/// <summary>Keeps a practice off the web until the law's particulars are there (DDG § 5): nothing can be booked before.</summary>
internal static class NotPublicYet
{
    public static ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var profile = context.HttpContext.RequestServices.GetRequiredService<Writer>().Current.Profile;
        return profile.Missing.IsEmpty ? next(context) : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
    }
}
