using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using VetBooking.Web.Clients.Busy;

namespace VetBooking.Tests.Clients;

/// <summary>A calendar server on this machine, with a certificate nobody trusts and answers of every kind.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate;
    private readonly StringBuilder heads = new();
    private int asked;

    public TlsServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        listener.Start();
        _ = Serve();
    }

    public string Address => $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Asked => asked;

    public string Heads => heads.ToString();

    /// <summary>What may be asked here: this machine, https only.</summary>
    public FetchRules Rules => new() { MayAsk = address => address.Scheme == "https", MayConnect = IPAddress.IsLoopback, Trust = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() };

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task Serve()
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = Answer(client);
        }
    }

    private async Task Answer(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[8192];
            var read = await tls.ReadAsync(buffer, stop.Token);
            var head = Encoding.ASCII.GetString(buffer, 0, read);
            Interlocked.Increment(ref asked);
            lock (heads) heads.Append(head);
            const string calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
            var path = head.Split(' ')[1];
            if (path == "/langsam") await Task.Delay(TimeSpan.FromSeconds(20), stop.Token);
            var answer = path switch
            {
                "/gut" => $"HTTP/1.1 200 OK\r\nContent-Length: {calendar.Length}\r\nSet-Cookie: a=b\r\n\r\n{calendar}",
                "/weiter" => Moved("/gut"),
                "/nach-http" => Moved("http://127.0.0.1/"),
                "/nach-innen" => Moved("https://[::1]/"),
                "/kreis" => Moved("/kreis"),
                "/gross" => "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n",
                "/endlos" => "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string('x', 2_000_000),
                _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            };
            await tls.WriteAsync(Encoding.ASCII.GetBytes(answer), stop.Token);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // Whoever asked has hung up.
        }
    }

    private static string Moved(string to) => $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n";
}
