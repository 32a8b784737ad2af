using Microsoft.AspNetCore.Authorization;

namespace VetBooking.Web.Shared;

/// <summary>A route that nobody opened by name does not exist, as far as anyone can tell.</summary>
internal static class ClosedByDefault
{
    public static Task Invoke(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) http.SetEndpoint(null);
        return next(http);
    }
}
