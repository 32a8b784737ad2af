using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace VetBooking.Tests.Messages;

/// <summary>A real SMTP server: aiosmtpd from Debian's packages, on a loopback port, delivering into a maildir.</summary>
internal sealed class RelayServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/aiosmtpd";
    private readonly string folder = Directory.CreateTempSubdirectory("vetbooking-relay-").FullName;
    private Process? running;

    public int Port { get; } = FreePort();

    /// <summary>The certificate the server shows, and at the same time the authority that vouches for it.</summary>
    public string Certificate => Path.Combine(folder, "cert.pem");

    private string Key => Path.Combine(folder, "key.pem");

    public static RelayServer Create(string certificateName = "localhost")
    {
        if (!File.Exists(Program)) Assert.Fail($"{Program} is missing. It comes with the Debian package python3-aiosmtpd; bin/setup installs it.");
        var server = new RelayServer();
        Run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=" + certificateName,
            "-addext", "subjectAltName=DNS:" + certificateName, "-keyout", server.Key, "-out", server.Certificate);
        return server;
    }

    public async Task<RelayServer> Start(bool offersStartTls = true, bool implicitTls = false)
    {
        string[] tls = implicitTls ? ["--smtpscert", Certificate, "--smtpskey", Key] : offersStartTls ? ["--tlscert", Certificate, "--tlskey", Key] : [];
        running = Process.Start(new ProcessStartInfo(Program,
            ["-n", "-c", "aiosmtpd.handlers.Mailbox", "-l", $"127.0.0.1:{Port}", .. tls, Path.Combine(folder, "maildir")])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        running.BeginErrorReadLine();
        running.BeginOutputReadLine();
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return this;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new InvalidOperationException("aiosmtpd did not start.");
    }

    public async Task Stop()
    {
        if (running is null) return;
        running.Kill();
        await running.WaitForExitAsync();
        running.Dispose();
        running = null;
    }

    /// <summary>What has arrived so far; the server notes the envelope in X-MailFrom and X-RcptTo.</summary>
    public IReadOnlyList<MimeMessage> Arrived() =>
        Directory.Exists(Path.Combine(folder, "maildir", "new")) ? [.. Directory.GetFiles(Path.Combine(folder, "maildir", "new")).Select(file => MimeMessage.Load(file))] : [];

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(folder, recursive: true);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}
