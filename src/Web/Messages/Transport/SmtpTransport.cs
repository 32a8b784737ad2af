using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Messages.Transport;

/// <summary>Sends through the relay named in the settings. TLS is required unless the relay is on this machine.</summary>
public sealed class SmtpTransport(MailSettings settings, string greetingName) : IMailTransport
{
    private readonly TimeSpan timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds);

    /// <inheritdoc/>
    public async Task<IMailConnection> Connect(CancellationToken stop)
    {
        var client = new SmtpClient
        {
            LocalDomain = greetingName,
            Timeout = (int)timeout.TotalMilliseconds,
            // Asking a certificate authority whether a certificate was revoked would be a call to a third party.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = IsTrusted,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, Security(), limit.Token);
            if (settings.User.Length > 0) await client.AuthenticateAsync(settings.User, Password(), limit.Token);
            return new Connection(client, timeout);
        }
#pragma warning disable CA1031 // The far side may fail in any way; whatever it is becomes a class of failure, and its text goes no further.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            client.Dispose();
            stop.ThrowIfCancellationRequested();
            throw new DeliveryException(DeliveryFault.Connection, Reason(failed));
        }
    }

    private SecureSocketOptions Security() => settings.Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        // The settings allow it only to this machine.
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private string Password() => settings.PasswordFile.Length == 0 ? "" : File.ReadAllText(settings.PasswordFile).TrimEnd('\r', '\n');

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        // A relay with a certificate of the operator's own: the name must fit all the same.
        if (settings.CaFile.Length == 0 || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(settings.CaFile);
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainElements.Select(element => element.Certificate).ToArray());
        using var presentedCertificate = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(presentedCertificate);
    }

    private static string Reason(Exception failed) => failed switch
    {
        OperationCanceledException or TimeoutException => "timeout",
        SslHandshakeException => "certificate not trusted",
        // What MailKit throws when STARTTLS is asked for and not offered.
        NotSupportedException => "no STARTTLS",
        AuthenticationException or SmtpCommandException { StatusCode: SmtpStatusCode.AuthenticationRequired } => "sign-in refused",
        SmtpCommandException answer => $"deferred {(int)answer.StatusCode}",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "refused",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "host not found",
        SocketException => "unreachable",
        UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException => "password file not readable",
        _ => "connection lost",
    };

    private sealed class Connection(SmtpClient client, TimeSpan timeout) : IMailConnection
    {
        public bool IsOpen => client.IsConnected;

        // Once a mail is on its way it is not cut off by a stop: half a delivery would become two mails.
        public async Task Send(OutgoingMail mail, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            using var limit = new CancellationTokenSource(timeout);
            try
            {
                await client.SendAsync(mail.Letter, limit.Token);
            }
            catch (SmtpCommandException answer)
            {
                throw Answered(answer);
            }
            catch (NotSupportedException)
            {
                throw new DeliveryException(DeliveryFault.Rejected, "address not supported");
            }
#pragma warning disable CA1031 // As above.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                throw new DeliveryException(DeliveryFault.Connection, Reason(failed));
            }
        }

        public async ValueTask DisposeAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                if (client.IsConnected) await client.DisconnectAsync(quit: true, limit.Token);
            }
#pragma warning disable CA1031 // Saying goodbye is a courtesy; every mail's fate is known by now.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
            client.Dispose();
        }

        private static DeliveryException Answered(SmtpCommandException answer)
        {
            var code = (int)answer.StatusCode;
            return (code, answer.ErrorCode) switch
            {
                // The server is closing down; nothing was said about this mail.
                (421, _) => new DeliveryException(DeliveryFault.Connection, "deferred 421"),
                (450 or 451, SmtpErrorCode.RecipientNotAccepted) => new DeliveryException(DeliveryFault.Deferred, "greylisted"),
                // 530 means that we did not sign in, which says nothing about the address.
                ( >= 500 and not 530, SmtpErrorCode.RecipientNotAccepted) => new DeliveryException(DeliveryFault.Rejected, $"rejected {code}"),
                ( >= 500, _) => new DeliveryException(DeliveryFault.Deferred, $"rejected {code}"),
                _ => new DeliveryException(DeliveryFault.Deferred, $"deferred {code}"),
            };
        }
    }
}
