using System.Net;
using System.Net.Sockets;

namespace VetBooking.Tests.Messages;

/// <summary>
/// Answers one line after the other from a script, for misbehaviour a real server cannot be brought to. HANG says nothing
/// more, DROP closes the connection; so does the end of the script.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly string[] script;
    private readonly Task loop;

    public ScriptedServer(string[] script)
    {
        this.script = script;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        loop = Task.Run(Run);
    }

    public int Port { get; }

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                await Converse(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task Converse(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            var (greeting, inData) = (true, false);
            foreach (var answer in script)
            {
                if (!greeting) await ReadOne(reader, inData);
                greeting = false;
                inData = answer.StartsWith("354", StringComparison.Ordinal);
                if (answer == "DROP") return;
                if (answer is "HANG" or "") await Task.Delay(TimeSpan.FromSeconds(10), stop.Token);
                await writer.WriteLineAsync(answer);
            }
        }
        catch (IOException)
        {
        }
    }

    // A command is a line; a mail ends with a dot.
    private async Task ReadOne(StreamReader reader, bool mail)
    {
        while (await reader.ReadLineAsync(stop.Token) is { } line && mail && line != ".")
        {
        }
    }
}
