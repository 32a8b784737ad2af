using System.Net;

namespace VetBooking.Web.Protection;

/// <summary>
/// The edge's network, where the edge reaches the practice over a network rather than a socket. Whoever asks from there asks
/// for the visitor in the last entry of X-Forwarded-For, who is from here on the peer.
/// </summary>
internal sealed class Behind(IPNetwork network)
{
    /// <summary>Reads a network like 10.210.0.0/16.</summary>
    public static bool TryRead(string text, out IPNetwork network) => IPNetwork.TryParse(text, out network);

    public Task Invoke(HttpContext http, RequestDelegate next)
    {
        var peer = http.Connection.RemoteIpAddress;
        if (peer is { IsIPv4MappedToIPv6: true }) peer = peer.MapToIPv4();
        if (peer is not null && network.Contains(peer) && ClientAddress.Forwarded(http) is { } visitor) http.Connection.RemoteIpAddress = visitor;
        return next(http);
    }
}
