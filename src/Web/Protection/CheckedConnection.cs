using System.Net;
using System.Net.Sockets;

namespace VetBooking.Web.Protection;

/// <summary>
/// Connects for an HTTP client whose address somebody typed. The name is looked up once and the connection goes to the very
/// addresses that were judged, so nothing is gained by answering differently the next time (DNS rebinding).
/// </summary>
internal static class CheckedConnection
{
    /// <summary>A connection, if each address of the name may be called.</summary>
    /// <exception cref="ForbiddenAddressException">One of them may not, or there is none.</exception>
    public static async ValueTask<Stream> Open(SocketsHttpConnectionContext context, Func<IPAddress, bool> mayConnect, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        // One address inside among many outside is a trick, too.
        if (addresses.Length == 0 || !addresses.All(mayConnect)) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to an address that may not be called.</summary>
internal sealed class ForbiddenAddressException : IOException;
