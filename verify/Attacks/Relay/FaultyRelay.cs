using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace VetBooking.Verify.Attacks.Relay;

/// <summary>A mail relay on one port of this machine that can behave in every bad way, and remembers what it has taken.</summary>
internal sealed class FaultyRelay : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> known = new();
    private readonly ConcurrentQueue<Taken> taken = new();
    private readonly X509Certificate2 certificate = SelfSigned();
    private CancellationTokenSource open = new();
    private TcpListener? listener;
    private int inClear;

    public int Port { get; } = Target.FreePort();

    public Behaviour Behaviour { get; private set; } = Behaviour.Refuse;

    public IReadOnlyCollection<Taken> Mails => taken;

    /// <summary>How often somebody began a mail without TLS although it was wanted.</summary>
    public int InClear => inClear;

    /// <summary>Behaves like this from now on; connections that are open end.</summary>
    public void Behave(Behaviour behaviour)
    {
        Close();
        (Behaviour, open) = (behaviour, new CancellationTokenSource());
        if (behaviour == Behaviour.Refuse) return;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = Accept(listener, open.Token);
    }

    public void Dispose()
    {
        Close();
        open.Dispose();
        certificate.Dispose();
    }

    private void Close()
    {
        open.Cancel();
        listener?.Stop();
        listener = null;
    }

    private async Task Accept(TcpListener listening, CancellationToken over)
    {
        try
        {
            while (true) _ = Serve(await listening.AcceptTcpClientAsync(over), over);
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(TcpClient client, CancellationToken over)
    {
        using (client)
        {
            try
            {
                await Converse(client.GetStream(), over);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or ObjectDisposedException or AuthenticationFailed)
            {
                // The other side left, or this one shall.
            }
        }
    }

    private async Task Converse(Stream stream, CancellationToken over)
    {
        var behaviour = Behaviour;
        if (behaviour == Behaviour.Hang) await Task.Delay(Timeout.Infinite, over);
        await Say(stream, behaviour switch { Behaviour.Closing => "421 closing", Behaviour.Nonsense => "%PDF-1.7 this is no relay", _ => "220 relay ready" }, over);
        if (behaviour is Behaviour.Closing) return;
        var (recipient, secure, wantsTls) = ("", false, behaviour >= Behaviour.NoTls);
        while (await Line(stream, over) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "EHLO" && wantsTls && !secure && behaviour != Behaviour.NoTls) await Say(stream, "250-relay\r\n250 STARTTLS", over);
            else if (verb == "STARTTLS")
            {
                await Say(stream, "220 go on", over);
                if (behaviour == Behaviour.BrokenTls) await Say(stream, "HTTP/1.1 400 Bad Request", over);
                stream = await Secured(stream, over);
                secure = true;
            }
            else if (verb == "RCPT" && Refusal(behaviour, recipient = line) is { } refusal) await Say(stream, refusal, over);
            else if (verb == "DATA")
            {
                if (wantsTls && !secure) Interlocked.Increment(ref inClear);
                if (!await Take(stream, behaviour, recipient, over)) return;
            }
            else await Say(stream, verb == "QUIT" ? "221 bye" : "250 ok", over);
        }
    }

    // False: it hangs up.
    private async Task<bool> Take(Stream stream, Behaviour behaviour, string recipient, CancellationToken over)
    {
        await Say(stream, "354 go on", over);
        var mail = new StringBuilder();
        while (await Line(stream, over) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            if (behaviour == Behaviour.DropInData) return false;
        }
        if (behaviour is Behaviour.DeferData or Behaviour.RejectData)
        {
            await Say(stream, behaviour == Behaviour.DeferData ? "451 local error" : "554 content rejected", over);
            return true;
        }
        using var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail.ToString())), over);
        var to = recipient.Split('<', '>').ElementAtOrDefault(1) ?? "";
        taken.Enqueue(new Taken(message.MessageId ?? "", to, behaviour != Behaviour.TakeAndDrop));
        if (behaviour == Behaviour.TakeAndDrop) return false;
        await Say(stream, "250 taken", over);
        return behaviour != Behaviour.AnswerThenDrop;
    }

    private string? Refusal(Behaviour behaviour, string recipient) => behaviour switch
    {
        Behaviour.Greylist when known.TryAdd(recipient, true) => "451 try again later",
        Behaviour.NoSuchUser => "550 no such user",
        Behaviour.MailboxFull => "452 mailbox full",
        _ => null,
    };

    private async Task Say(Stream stream, string line, CancellationToken over)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\r\n");
        if (Behaviour != Behaviour.Drip)
        {
            await stream.WriteAsync(bytes, over);
            return;
        }
        foreach (var one in bytes)
        {
            await stream.WriteAsync(new[] { one }, over);
            await Task.Delay(400, over);
        }
    }

    private static async Task<string?> Line(Stream stream, CancellationToken over)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (await stream.ReadAsync(one, over) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }

    private async Task<Stream> Secured(Stream stream, CancellationToken over)
    {
        var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, over);
            return secured;
        }
        catch (System.Security.Authentication.AuthenticationException refused)
        {
            throw new AuthenticationFailed(refused);
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private sealed class AuthenticationFailed(Exception why) : Exception(why.Message, why);
}
