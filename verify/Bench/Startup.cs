using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VetBooking.Verify.Bench;

/// <summary>A start, up to the first whole answer.</summary>
/// <param name="Milliseconds">From before the process is made.</param>
/// <param name="Processor">Milliseconds of all its threads on a processor.</param>
internal readonly record struct Wake(double Milliseconds, double Processor);

/// <summary>From the start of the process to the first whole answer.</summary>
internal static class Startup
{
    /// <summary>Milliseconds from before the process is made until a 200 for each of the paths; the paths take turns.</summary>
    public static double[][] Measure(string executable, string data, IReadOnlyList<string> paths, int rounds)
    {
        var taken = paths.Select(_ => new double[rounds]).ToArray();
        // Once before it counts: then the file is in memory.
        Once(executable, data, paths[0]);
        for (var round = 0; round < rounds; round++)
        {
            for (var path = 0; path < paths.Count; path++) taken[path][round] = Once(executable, data, paths[path]).Milliseconds;
        }
        return taken;
    }

    /// <summary>Starts it once, until a path has answered 200.</summary>
    public static Wake Once(string executable, string data, string path)
    {
        var port = VetBooking.Verify.Target.FreePort();
        var request = Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        var address = new IPEndPoint(IPAddress.Loopback, port);
        var start = new ProcessStartInfo(executable, ["serve", "--data", data, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            while (watch.Elapsed < TimeSpan.FromSeconds(20))
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Connect(address);
                }
                catch (SocketException)
                {
                    Thread.Sleep(1);
                    continue;
                }
                socket.Send(request);
                var answer = new byte[64 * 1024];
                var status = "";
                for (int read; (read = socket.Receive(answer)) > 0;)
                {
                    if (status.Length == 0) status = Encoding.ASCII.GetString(answer, 9, 3);
                }
                if (status == "200") return new Wake(watch.Elapsed.TotalMilliseconds, process.TotalProcessorTime.TotalMilliseconds);
                throw new InvalidOperationException($"GET /{path} answered {status}.");
            }
            throw new TimeoutException("No answer within 20 s after the start.");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
