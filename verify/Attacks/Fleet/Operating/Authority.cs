using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VetBooking.Verify.Lab;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>
/// A certificate authority on a lab host of its own: pebble, which looks at who asks as Let's Encrypt does, refuses some
/// requests on purpose, and resolves names by a server that the attack tells what to say.
/// </summary>
internal sealed class Authority(LabHost lab, string address)
{
    private int port = 14000;

    /// <summary>The certificate of who signed the authority's own web server.</summary>
    public string Root { get; private set; } = "";

    public string Directory => $"https://{lab.Name}:{port}/dir";

    /// <summary>Prepares it; nobody answers yet.</summary>
    /// <param name="leadsTo">Where every name leads until something else is said.</param>
    public async Task Install(string leadsTo)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = new CertificateRequest("CN=Authority of the lab", rootKey, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = asked.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest($"CN={lab.Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(lab.Name);
        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(29), [1, 2, 3]);
        Root = root.ExportCertificatePem();
        await lab.Write("/etc/pebble/server.pem", certificate.ExportCertificatePem());
        await lab.Write("/etc/pebble/server.key", key.ExportPkcs8PrivateKeyPem(), "600");
        await lab.RunOk($"systemd-run --quiet --unit=names pebble-challtestsrv -defaultIPv4 {leadsTo} -defaultIPv6 '' -http01 '' -https01 '' -tlsalpn01 '' -dns01 127.0.0.1:8053 -management 127.0.0.1:8055");
    }

    /// <summary>From now on it answers, with certificates that hold so long.</summary>
    public async Task Start(TimeSpan holds)
    {
        await lab.Write("/etc/pebble/pebble.json", $$"""
            {"pebble":{"listenAddress":"0.0.0.0:{{port}}","managementListenAddress":"127.0.0.1:15000","certificate":"/etc/pebble/server.pem","privateKey":"/etc/pebble/server.key","httpPort":80,"tlsPort":443,"ocspResponderURL":"","externalAccountBindingRequired":false,"certificateValidityPeriod":{{(long)holds.TotalSeconds}} } }
            """);
        await lab.RunOk("systemd-run --quiet --unit=pebble --setenv=PEBBLE_VA_NOSLEEP=1 pebble -config /etc/pebble/pebble.json -dnsserver 127.0.0.1:8053; for i in $(seq 100); do curl -sk https://127.0.0.1:15000/roots/0 >/dev/null && exit 0; sleep 0.1; done; exit 1");
    }

    /// <summary>Another one is in its place, with another address and issuer, which knows nobody yet.</summary>
    public async Task Change(TimeSpan holds)
    {
        await lab.RunOk("systemctl stop pebble.service");
        port++;
        await Start(holds);
    }

    /// <summary>Takes its cable out, or puts it in again.</summary>
    public Task Plug(string other, bool isIn) => lab.RunOk($"ip link set to-{other} {(isIn ? "up" : "down")}");

    /// <summary>The certificate that all it issues goes back to.</summary>
    public Task<string> Issuer() => lab.RunOk("curl -sk https://127.0.0.1:15000/roots/0");

    /// <summary>From now on the name leads there; here, if nothing is said.</summary>
    public Task Leads(string name, string? to = null) =>
        lab.RunOk("read -r line && curl -sS --fail -d \"$line\" http://127.0.0.1:8055/clear-a && curl -sS --fail -d \"$line\" http://127.0.0.1:8055/add-a", input: $$"""{"host":"{{name}}","addresses":["{{to ?? address}}"]}""" + "\n");

    /// <summary>Whether anybody has asked it about a name.</summary>
    public async Task<bool> HasHeardOf(string name) => (await lab.RunOk("journalctl --no-pager -o cat -u pebble.service -u names.service")).Contains(name, StringComparison.Ordinal);
}
