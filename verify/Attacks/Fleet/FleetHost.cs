using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using VetBooking.Verify.Lab;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>A lab host with vetfleet on it, as an operator has one: the shipped executables, a release key, an edge of its own authority.</summary>
internal sealed class FleetHost : IAsyncDisposable
{
    // One maker signs for all hosts of a run.
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly X509Certificate2Collection authorities = [];
    private string address = "";

    private FleetHost(LabHost lab) => Lab = lab;

    public LabHost Lab { get; }

    /// <summary>What the last visitor was shown as the practice's certificate.</summary>
    public string Certified { get; private set; } = "";

    /// <summary>What is said to every verb, and where the edge's own authority lies; both differ on a swarm.</summary>
    public string Engine { get; init; } = "";

    public string Authority { get; init; } = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt";

    public static Task<FleetHost> Boot(Run run, string name) => Boot(run, async () => new FleetHost(await LabHost.Boot(name)));

    /// <summary>The same with a small disk for the practices' folders alone, on which limits of folders hold once they are switched on.</summary>
    public static Task<FleetHost> BootWithDisk(Run run, string name) => Boot(run, async () =>
        new FleetHost(await LabHost.Boot(name, new Dictionary<string, string> { [run.PathOf(name + ".disk")] = "/var/lib/vetbooking:btrfs" })));

    /// <summary>A manager of a swarm: the same with a Docker, whose disk lies in a folder here, for overlays do not lie on overlays.</summary>
    public static Task<FleetHost> BootManager(Run run, string name, string disk, IReadOnlyList<string> packages) => Boot(run, async () =>
        new FleetHost(await LabHost.Boot(name, new Dictionary<string, string> { [disk] = "/var/lib/docker:rw" }, packages))
        {
            Engine = " --engine swarm",
            Authority = "/var/lib/docker/volumes/vetbooking-edge/_data/caddy/pki/authorities/local/root.crt",
        });

    private static async Task<FleetHost> Boot(Run run, Func<Task<FleetHost>> boot)
    {
        var host = await boot();
        run.Report.Say($"{host.Lab.Name} is up after {host.Lab.BootTime.TotalSeconds:0.0} s");
        host.address = await LabNetwork.Reach(host.Lab);
        await host.Lab.Copy(Path.Combine(Verify.Run.Root, "artifacts", "vetfleet", "vetfleet"), "/root/vetfleet");
        await host.Lab.Copy(Path.GetDirectoryName(run.Executable)!, "/root/built");
        await host.Lab.Write("/root/release.pub", Key.ExportSubjectPublicKeyInfoPem());
        return host;
    }

    /// <summary>Prepares it, with an edge of its own authority and the shipped executable as its release.</summary>
    public async Task Prepare(string settings, string version)
    {
        await Lab.Write("/etc/vetbooking/fleet.json", settings, "600");
        var prepared = await Fleet("prepare --release-key /root/release.pub");
        if (!prepared.Done) throw new InvalidOperationException($"No host was made: {prepared}");
        if (settings.Contains("internal", StringComparison.Ordinal)) await Trust();
        await Sign("/root/built", version, 28);
        var brought = await Fleet("release /root/built");
        if (!brought.Done) throw new InvalidOperationException($"The release is not taken: {brought}");
    }

    /// <summary>Signs what lies in a folder of the host as a release.</summary>
    public async Task Sign(string folder, string version, int schema, ECDsa? by = null)
    {
        var files = (await Lab.RunOk($"cd {folder} && rm -f release.json* && sha256sum *")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", 2)).ToDictionary(pair => pair[1], pair => pair[0]);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new { version, schema, files });
        await Lab.RunOk($"base64 -d > {folder}/release.json", input: Convert.ToBase64String(manifest));
        await Lab.RunOk($"base64 -d > {folder}/release.json.sig", input: Convert.ToBase64String((by ?? Key).SignData(manifest, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)));
    }

    /// <summary>Runs vetfleet and reads its line of JSON.</summary>
    public async Task<FleetSaid> Fleet(string arguments, TimeSpan? patience = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var ran = await Lab.Run($"{(await Lab.Run("test -x /usr/local/bin/vetfleet")).Done switch { true => "vetfleet", _ => "/root/vetfleet" }} {arguments}{Engine} --json", patience ?? TimeSpan.FromMinutes(10));
        // The journal has its own lines of JSON.
        var isOne = ran.Out.StartsWith('{') && ran.Out.TrimEnd().IndexOf('\n', StringComparison.Ordinal) < 0;
        return new FleetSaid(ran.Exit, isOne ? JsonDocument.Parse(ran.Out).RootElement.Clone() : default, isOne ? ran.Error : ran.Out + ran.Error, watch.Elapsed);
    }

    /// <summary>A visitor from outside, over TLS, with a fresh connection for every request.</summary>
    /// <param name="host">The name it visits.</param>
    /// <param name="returns">Whether it may have been there before and resumes its session; then the edge does not look at its certificate.</param>
    public HttpClient Visitor(string host, bool returns = true)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(address, 443, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions { AllowTlsResume = returns, RemoteCertificateValidationCallback = (_, certificate, chain, _) => IsOwn(host, certificate, chain) },
        })
        { Timeout = TimeSpan.FromSeconds(60), BaseAddress = new Uri($"https://{host}") };
        return http;
    }

    /// <summary>Reads the edge's own authority, once it has made one.</summary>
    public async Task Trust()
    {
        for (var i = 0; i < 150 && authorities.Count == 0; i++)
        {
            var root = await Lab.Run($"cat {Authority}");
            if (root.Done) authorities.Add(X509Certificate2.CreateFromPem(root.Out));
            else await Task.Delay(200);
        }
    }

    /// <summary>Visitors trust this authority, too.</summary>
    public void Trust(string certificate) => authorities.Add(X509Certificate2.CreateFromPem(certificate));

    /// <summary>Whether a practice is running.</summary>
    public async Task<bool> IsAwake(string practice) => (await Lab.Run($"systemctl is-active vetbooking@{practice}.service")).Out.Trim() == "active";

    /// <summary>Waits until nobody is awake.</summary>
    public async Task Sleep(TimeSpan patience)
    {
        var until = DateTime.UtcNow + patience;
        while ((await Lab.RunOk("systemctl list-units --no-legend --plain --state=active,activating,deactivating 'vetbooking@*.service' | wc -l")).Trim() != "0")
        {
            if (DateTime.UtcNow > until) throw new TimeoutException($"Not all fell asleep: {await Lab.RunOk("systemctl list-units --no-legend --plain 'vetbooking@*.service' | head -5")}");
            await Task.Delay(500);
        }
    }

    /// <summary>From now on somebody says at port 2525 what a mail relay says first, and nothing more.</summary>
    public async Task Greet()
    {
        await Lab.Write("/root/relay.py", "import socket\ns = socket.create_server(('127.0.0.1', 2525))\nwhile True:\n  c, _ = s.accept()\n  c.sendall(b'220 relay ESMTP\\r\\n')\n  c.close()\n");
        await Lab.RunOk("systemd-run --quiet --unit=relay python3 /root/relay.py");
    }

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    private bool IsOwn(string host, X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not X509Certificate2 leaf || chain is null) return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Certified = string.Create(CultureInfo.InvariantCulture, $"{leaf.GetNameInfo(X509NameType.DnsName, false)} {leaf.Thumbprint} {leaf.Issuer}");
        return leaf.MatchesHostname(host) && chain.Build(leaf);
    }
}

/// <summary>What vetfleet said, and how long it took.</summary>
internal sealed record FleetSaid(int Exit, JsonElement Json, string Words, TimeSpan Took)
{
    public bool Done => Exit == 0;

    public IReadOnlyList<JsonElement> Subjects => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("subjects", out var subjects) ? [.. subjects.EnumerateArray()] : [];

    public override string ToString() => $"exit {Exit}: {Words.Trim()}";
}
