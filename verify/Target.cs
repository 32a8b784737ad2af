using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VetBooking.Verify;

/// <summary>The server under attack: one data folder, started, stopped or killed as often as needed.</summary>
internal sealed class Target(string executable, string data) : IDisposable
{
    private readonly ConcurrentQueue<string> lastLines = new();
    private Process? process;

    public Uri Url { get; private set; } = new("http://127.0.0.1/");
    public string Data => data;
    public string Database => Path.Combine(data, "practice.db");
    public int Id => process!.Id;
    public bool Running => process is { HasExited: false };

    /// <summary>What is added to its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How it ended by itself; null as long as it has not.</summary>
    public int? Ended => process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Makes the demo practice; answers its line of JSON.</summary>
    public static async Task<string> MakeDemo(string executable, string data, params string[] more)
    {
        using var made = Process.Start(new ProcessStartInfo(executable, ["demo", "--data", data, "--json", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (words, errors) = (made.StandardOutput.ReadToEndAsync(), made.StandardError.ReadToEndAsync());
        await made.WaitForExitAsync();
        if (made.ExitCode != 0) throw new InvalidOperationException($"vetbooking demo left with {made.ExitCode}: {await words} {await errors}");
        return await words;
    }

    /// <summary>Starts the server and waits until it is ready; answers how many milliseconds that took.</summary>
    public async Task<double> Start(params string[] more)
    {
        // Another port each time: the one of a killed server may still be in use.
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(executable, ["serve", "--data", data, "--urls", Url.GetLeftPart(UriPartial.Authority), "--no-limits", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        while (watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server left with {process.ExitCode}: {LastWords()}");
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "health/live"));
                if (answer.StatusCode == HttpStatusCode.OK) return watch.Elapsed.TotalMilliseconds;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
            }
            await Task.Delay(5);
        }
        throw new TimeoutException($"The server was not ready within a minute: {LastWords()}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Asks it to leave (SIGTERM) and waits until it has.</summary>
    public async Task Stop()
    {
        if (process is null) return;
        if (!process.HasExited)
        {
            using var ask = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await ask.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw new TimeoutException($"The server did not stop within 30 s: {LastWords()}");
            }
        }
        process.Dispose();
        process = null;
    }

    public string LastWords() => string.Join(" / ", lastLines.TakeLast(12));

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lastLines.Enqueue(line.Data);
        while (lastLines.Count > 50) lastLines.TryDequeue(out _);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
