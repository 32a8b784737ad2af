using Microsoft.AspNetCore.Authorization;

namespace VetBooking.Web.Protection;

/// <summary>A route that nobody opened by name does not exist, as far as anyone can tell.</summary>
internal static class ClosedByDefault
{
    public static Task Invoke(HttpContext http, RequestDelegate next)
    {
        // What is no route is the framework's own answer that an open address was called by a wrong method.
        if (http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) http.SetEndpoint(null);
        return next(http);
    }
}
