using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace VetBooking.Tests.Browser.Settings;

/// <summary>A practice that has just been made by <c>vetbooking init</c>, with nothing in it but its name.</summary>
internal sealed class NewPractice : IAsyncDisposable
{
    private readonly Process server;

    private NewPractice(Process server, string data, string address, string setUp) => (this.server, Data, Address, SetUp) = (server, data, address, setUp);

    public string Data { get; }

    public string Address { get; }

    /// <summary>The path of the link that <c>init</c> printed.</summary>
    public string SetUp { get; }

    public static async Task<NewPractice> Make()
    {
        var data = Path.Combine(Directory.CreateTempSubdirectory("new-practice-").FullName, "data");
        using var init = Run("init", "--data", data, "--name", "Tierarztpraxis Lindenhof", "--email", "praxis@lindenhof.example", "--json");
        var said = await init.StandardOutput.ReadToEndAsync();
        await init.WaitForExitAsync();
        var address = $"http://127.0.0.1:{FreePort()}";
        var server = Run("serve", "--data", data, "--urls", address);
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        using var http = new HttpClient();
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                if ((await http.GetAsync(new Uri(address + "/health/live"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        return new NewPractice(server, data, address, new Uri(JsonDocument.Parse(said).RootElement.GetProperty("setupLink").GetString()!).AbsolutePath);
    }

    public async ValueTask DisposeAsync()
    {
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(Path.GetDirectoryName(Data)!, recursive: true);
    }

    private static Process Run(params string[] arguments) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("VETBOOKING") ?? Path.Combine(AppContext.BaseDirectory, "vetbooking"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
