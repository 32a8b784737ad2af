using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>A request, byte for byte as it is to be sent.</summary>
internal sealed record Shot(string Method, byte[] Path, IReadOnlyList<(string Name, byte[] Value)> Headers, byte[] Body)
{
    public static Shot Get(string path) => new("GET", Encoding.ASCII.GetBytes(path), [], []);

    public Shot And(string name, string value) => this with { Headers = [.. Headers, (name, Encoding.UTF8.GetBytes(value))] };
}

/// <summary>What came back; status 0 if the connection was dropped before an answer.</summary>
internal sealed record Reply(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public string Header(string name) => Headers.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public bool IsPage => Header("Content-Type").StartsWith("text/html", StringComparison.Ordinal);
}

/// <summary>Speaks HTTP/1.1 itself: no client library sends what is to be sent here, or tells exactly what comes back.</summary>
internal static class Wire
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    public static async Task<Reply> Send(Uri url, Shot shot)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(url.Host, url.Port, patience.Token);
            var stream = client.GetStream();
            // Being told no is possible before everything is said: the answer counts, wherever the sending stopped.
            var sending = Say(stream, Bytes(url, shot), patience.Token);
            var got = await Hear(stream, patience.Token);
            await sending;
            return Parse(got);
        }
        catch (Exception broken) when (broken is SocketException or IOException or OperationCanceledException)
        {
            return new Reply(0, [], broken.Message);
        }
    }

    private static async Task Say(NetworkStream stream, byte[] bytes, CancellationToken patience)
    {
        try
        {
            await stream.WriteAsync(bytes, patience);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private static async Task<byte[]> Hear(NetworkStream stream, CancellationToken patience)
    {
        var got = new MemoryStream();
        var buffer = new byte[32_768];
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, patience)) > 0;)
            {
                got.Write(buffer, 0, count);
                // A stream of events has no end.
                if (got.Length < 4_000 && Encoding.Latin1.GetString(got.ToArray()).Contains("text/event-stream", StringComparison.Ordinal)) break;
            }
        }
        catch (IOException) when (got.Length > 0)
        {
        }
        return got.ToArray();
    }

    private static byte[] Bytes(Uri url, Shot shot)
    {
        var bytes = new MemoryStream();
        void Text(string text) => bytes.Write(Encoding.ASCII.GetBytes(text));
        Text(shot.Method + " ");
        bytes.Write(shot.Path);
        Text(" HTTP/1.1\r\n");
        if (!shot.Headers.Any(one => one.Name == "Host")) Text($"Host: {url.Authority}\r\n");
        Text("Connection: close\r\n");
        if (shot.Method != "GET") Text(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {shot.Body.Length}\r\n"));
        foreach (var (name, value) in shot.Headers)
        {
            Text(name + ": ");
            bytes.Write(value);
            Text("\r\n");
        }
        Text("\r\n");
        bytes.Write(shot.Body);
        return bytes.ToArray();
    }

    private static Reply Parse(byte[] got)
    {
        var end = got.AsSpan().IndexOf(HeadEnd);
        if (end < 0) return new Reply(0, [], "no whole answer");
        var lines = Encoding.Latin1.GetString(got, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2) is [var name, var value] ? (name, value.Trim()) : (line, "")).ToList();
        var body = got.AsSpan(end + 4).ToArray();
        if (headers.Exists(one => one.Item1 == "Transfer-Encoding")) body = Whole(body);
        return new Reply(lines[0].Split(' ') is [_, var code, ..] && int.TryParse(code, CultureInfo.InvariantCulture, out var status) ? status : 0, headers, Encoding.UTF8.GetString(body));
    }

    /// <summary>The chunks of a body, put together.</summary>
    private static byte[] Whole(byte[] chunked)
    {
        var body = new MemoryStream();
        for (var at = 0; at < chunked.Length;)
        {
            var length = chunked.AsSpan(at).IndexOf("\r\n"u8);
            if (length < 0 || !int.TryParse(Encoding.ASCII.GetString(chunked, at, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size) || size == 0) break;
            at += length + 2;
            body.Write(chunked, at, Math.Min(size, chunked.Length - at));
            at += size + 2;
        }
        return body.ToArray();
    }
}
