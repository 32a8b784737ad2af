using System.Diagnostics;

namespace VetBooking.Tests.Browser;

/// <summary>What stands in front of a practice on a server: a Caddy that speaks TLS and HTTP/2 to browsers, with a certificate of its own making.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("proxy-").FullName;
    private readonly int port = PracticeServer.FreePort();
    private Process? process;

    /// <summary>Like <c>https://localhost:40123</c>.</summary>
    public string Address => $"https://localhost:{port}";

    /// <summary>Begins to pass on what it is asked, again after it was stopped.</summary>
    public async Task Start(PracticeServer practice)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Caddyfile"), $$"""
            {
                admin off
                skip_install_trust
                auto_https disable_redirects
                storage file_system {{folder}}
                servers {
                    protocols h1 h2
                }
            }
            {{Address}} {
                tls internal
                reverse_proxy {{practice.Listens}}
            }
            """);
        var start = new ProcessStartInfo("caddy", ["run", "--adapter", "caddyfile", "--config", Path.Combine(folder, "Caddyfile")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        (start.Environment["XDG_CONFIG_HOME"], start.Environment["XDG_DATA_HOME"]) = (folder, folder);
        process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var http = new HttpClient(handler);
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await http.GetAsync(new Uri(Address + "/buchen"))).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (tries < 100 && !process.HasExited)
            {
                // Not listening yet.
            }
            Assert.True(tries < 100, "The proxy does not pass on.");
            await Task.Delay(100);
        }
    }

    /// <summary>As when a server's network fails: every connection is gone at once.</summary>
    public async Task Stop()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await Stop();
        Directory.Delete(folder, recursive: true);
    }
}
