using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace VetBooking.Tests.EndToEnd;

/// <summary>The executable, run from outside on a folder of its own: the one in VETBOOKING (the native build), else the one just built.</summary>
public sealed class Instance : IAsyncDisposable
{
    private readonly List<Process> running = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("vetbooking-e2e-").FullName;

    public string Data => Path.Combine(Folder, "practice");

    public int Port { get; } = FreePort();

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    private static string Executable =>
        Environment.GetEnvironmentVariable("VETBOOKING") is { Length: > 0 } named ? named : Path.Combine(Root, "src/Web/bin/Debug/net10.0/vetbooking");

    public string Url(string path) => $"http://127.0.0.1:{Port}{path}";

    /// <summary>Runs a verb to its end; answers its exit code and its one line of JSON.</summary>
    public static async Task<(int Code, JsonElement Answer)> Run(params string[] arguments)
    {
        using var process = Start(Executable, [.. arguments, "--json"]);
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, JsonDocument.Parse(line).RootElement);
    }

    /// <summary>Starts the practice and waits until it answers.</summary>
    public async Task<Process> Serve(params string[] more)
    {
        var process = Start(Executable, ["serve", "--data", Data, "--urls", $"http://127.0.0.1:{Port}", .. more]);
        running.Add(process);
        await Answering();
        return process;
    }

    /// <summary>Starts a program of the system's in front of the executable.</summary>
    public Process Behind(string program, string[] arguments, params string[] serve)
    {
        var process = Start(program, [.. arguments, Executable, "serve", "--data", Data, .. serve]);
        running.Add(process);
        return process;
    }

    /// <summary>Waits until somebody listens on the port, without knocking: a knock would wake who sleeps behind it.</summary>
    public async Task Listening()
    {
        for (var i = 0; i < 200; i++)
        {
            if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == Port)) return;
            await Task.Delay(50);
        }
        throw new TimeoutException("Nobody listens.");
    }

    /// <summary>Waits for a mail of this kind; answers it whole, with quoted-printable undone.</summary>
    public async Task<string> Mail(string kind)
    {
        for (var i = 0; i < 100; i++)
        {
            var outbox = Path.Combine(Data, "outbox");
            var file = Directory.Exists(outbox) ? Directory.GetFiles(outbox, $"*-{kind}-*.eml").Order().LastOrDefault() : null;
            if (file is not null) return (await File.ReadAllTextAsync(file)).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
            await Task.Delay(100);
        }
        throw new TimeoutException($"No mail '{kind}' came.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Answering()
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                if ((await Http.GetAsync(Url("/health/live"))).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
        throw new TimeoutException("The practice did not start.");
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
