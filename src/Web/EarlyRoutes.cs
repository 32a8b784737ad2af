using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace VetBooking.Web;

/// <summary>
/// The table of all routes, put together beside the rest of the start. Left to itself, routing makes it when the first
/// visitor asks for something, who has just woken the practice and waits.
/// </summary>
internal sealed class EarlyRoutes(IEnumerable<EndpointDataSource> mapped) : EndpointDataSource
{
    private readonly Task<IReadOnlyList<Endpoint>> made = Task.Run(() => new CompositeEndpointDataSource(mapped).Endpoints);

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => made.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Begins with what is mapped so far; what is mapped later is added as usual.</summary>
    public static void Begin(IEndpointRouteBuilder app)
    {
        var mapped = app.DataSources.ToList();
        app.DataSources.Clear();
        app.DataSources.Add(new EarlyRoutes(mapped));
    }
}
