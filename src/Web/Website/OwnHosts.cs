using System.Collections.Frozen;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Website;

/// <summary>
/// The names a practice can be reached by. One is canonical, that of its public URL; pages asked for by another one of its
/// names answer with where they are. Names that were not given to the program are left alone: behind a proxy it is the
/// proxy that decides them, and on this machine everybody may call it what they like.
/// </summary>
internal sealed class OwnHosts(InstanceSettings settings)
{
    // As a request shows its host: umlauts as themselves, whatever browsers sent.
    private readonly FrozenSet<string> others = settings.HostNames.Select(InstanceSettings.HostOf).OfType<string>()
        .Select(name => HostString.FromUriComponent(name).Host).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task Invoke(HttpContext http, RequestDelegate next)
    {
        if (!others.Contains(http.Request.Host.Host) || BelongsToTheName(http.Request.Path)) return next(http);
        if (HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = settings.PublicUrl + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
            return Task.CompletedTask;
        }
        // Nothing that is shown here leads to a form here, so nobody's typing is lost; and what was typed is not sent around.
        return Results.Text($"This is {settings.PublicUrl}. Nothing has happened.\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(http);
    }

    /// <summary>The operator's checks, and the proof of who owns a name (RFC 8555), are about this very name.</summary>
    private static bool BelongsToTheName(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/.well-known", StringComparison.Ordinal);
}
