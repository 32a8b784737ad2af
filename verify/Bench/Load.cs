using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace VetBooking.Verify.Bench;

/// <summary>What a load run saw: how many answers of each status, in which time, and how long each took.</summary>
internal sealed record LoadResult(double Seconds, IReadOnlyDictionary<int, int> Statuses, double[] Milliseconds)
{
    public int Count(int status) => Statuses.GetValueOrDefault(status);
    public double PerSecond(int status) => Count(status) / Seconds;
    public double Percentile(double share) => Milliseconds.Length == 0 ? 0 : Milliseconds[Math.Min((int)(Milliseconds.Length * share), Milliseconds.Length - 1)];
}

/// <summary>
/// A client that costs little, because it shares the machine with the server: its requests are ready-made bytes, and of an
/// answer it reads the status and where it ends.
/// </summary>
internal static class Load
{
    public static byte[] Get(Uri url, string path, string? cookie = null) =>
        Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: {url.Authority}\r\n{(cookie is null ? "" : $"Cookie: {cookie}\r\n")}\r\n");

    public static byte[] Post(Uri url, string path, string key, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /{path} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>Sends the requests in order over so many connections, each with one request at a time and a pause after it; stops early when the time is up.</summary>
    public static async Task<LoadResult> Run(Uri url, int connections, IReadOnlyList<byte[]> requests, TimeSpan? most = null, TimeSpan pause = default)
    {
        var next = -1;
        var lines = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connect(url)));
        var watch = Stopwatch.StartNew();
        var seen = await Task.WhenAll(lines.Select(line => Task.Run(async () =>
        {
            var mine = new List<(int Status, double Milliseconds)>();
            while (!(watch.Elapsed > most) && Interlocked.Increment(ref next) is var at && at < requests.Count)
            {
                var start = Stopwatch.GetTimestamp();
                var status = await line.Ask(requests[at]);
                mine.Add((status, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
                if (pause > TimeSpan.Zero) await Task.Delay(pause);
            }
            return mine;
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var line in lines) line.Dispose();
        var all = seen.SelectMany(one => one).ToArray();
        return new LoadResult(
            seconds,
            all.CountBy(one => one.Status).ToDictionary(),
            [.. all.Select(one => one.Milliseconds).Order()]);
    }

    /// <summary>One request over a connection of its own: its status and the bytes of the whole answer.</summary>
    public static async Task<(int Status, int Bytes)> Once(Uri url, string path)
    {
        using var line = await Connect(url);
        return (await line.Ask(Get(url, path)), line.LastLength);
    }

    private static async Task<Line> Connect(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        return new Line(socket);
    }

    private sealed class Line(Socket socket) : IDisposable
    {
        private byte[] buffer = new byte[256 * 1024];

        public int LastLength { get; private set; }

        public async Task<int> Ask(byte[] request)
        {
            await socket.SendAsync(request);
            for (var length = 0; ;)
            {
                if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0) throw new IOException("The server hung up within an answer.");
                length += read;
                if (!IsWhole(buffer.AsSpan(0, length))) continue;
                LastLength = length;
                return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + (buffer[11] - '0');
            }
        }

        public void Dispose() => socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0) return false;
            var head = answer[..end];
            var body = answer[(end + 4)..];
            var at = head.IndexOf("Content-Length: "u8);
            if (at < 0) return head.IndexOf("chunked"u8) < 0 || body.EndsWith("0\r\n\r\n"u8);
            var number = head[(at + 16)..];
            var line = number.IndexOf((byte)'\r');
            return body.Length >= int.Parse(line < 0 ? number : number[..line], CultureInfo.InvariantCulture);
        }
    }
}
