using System.Net;

namespace VetBooking.Web.Protection;

/// <summary>Where a request comes from.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The peer's address. Behind the edge proxy, which alone can be the peer on loopback or a UNIX socket, the last entry
    /// of X-Forwarded-For: the one the proxy itself wrote. Earlier entries are whatever the client liked to claim.
    /// </summary>
    public static IPAddress? Of(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        return peer is not null && !IPAddress.IsLoopback(peer) ? peer : Forwarded(http) ?? peer;
    }

    /// <summary>The last entry of X-Forwarded-For; null if there is none, or it is no address.</summary>
    public static IPAddress? Forwarded(HttpContext http)
    {
        var forwarded = http.Request.Headers["X-Forwarded-For"];
        if (forwarded.Count == 0) return null;
        var last = forwarded[^1].AsSpan();
        last = last[(last.LastIndexOf(',') + 1)..].Trim();
        return IPAddress.TryParse(last, out var client) ? client : null;
    }

    /// <summary>The block of addresses that limits count by.</summary>
    public static string Block(this HttpContext http) => Limits.BlockOf(Of(http));
}
