using System.Net;
using System.Net.Sockets;

namespace VetBooking.Tests.Machines;

/// <summary>A server that answers one byte at a time and never comes to an end.</summary>
internal sealed class DrippingServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public DrippingServer()
    {
        listener.Start();
        serving = Serve();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                var stream = client.GetStream();
                foreach (var one in "HTTP/1.1 200 OK\r\nX-Slow: "u8.ToArray().Concat(Enumerable.Repeat((byte)'x', 10_000)))
                {
                    await stream.WriteAsync(new[] { one }, stop.Token);
                    await Task.Delay(50, stop.Token);
                }
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Whoever asked has hung up.
        }
    }
}
