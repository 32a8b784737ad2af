namespace VetBooking.Web.Protection;

/// <summary>HEAD is GET without the body (RFC 9110, 9.3.2), for every address there is.</summary>
internal static class HeadLikeGet
{
    public static async Task Invoke(HttpContext http, RequestDelegate next)
    {
        // Everything behind sees a GET, so no header can differ. The server remembers what was asked and sends no body.
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        await next(http);
        // Routes name only GET; whoever hears which methods are allowed hears of HEAD, too.
        var (response, allow) = (http.Response, http.Response.Headers.GetCommaSeparatedValues("Allow"));
        if (!response.HasStarted && allow.Contains(HttpMethods.Get)) response.Headers.AppendCommaSeparatedValues("Allow", HttpMethods.Head);
    }
}
