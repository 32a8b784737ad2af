using System.Diagnostics;
using System.Globalization;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>A bare machine becomes a host of many practices: added, reached, kept apart, asleep, woken, backed up, and one leaves.</summary>
internal sealed class Hosting(Run run)
{
    private const string Marker = "Zwölfmarkt-Quastenberg";
    private readonly Report report = run.Report;

    public async Task Execute(int practices)
    {
        if (run.Only != "share") await Fleet(practices);
        await new Filling(run).All();
    }

    private async Task Fleet(int practices)
    {
        await using var host = await FleetHost.Boot(run, "fleet");
        await Prepared(host);
        var names = Enumerable.Range(1, practices).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number:000}")).ToList();
        var demos = names.Take(Math.Min(practices, 40)).ToList();
        var (adding, growing) = (new Adding(run, host), new Growing(run, host));
        await growing.Bare();
        var there = 0;
        foreach (var stage in Growing.Stages(practices))
        {
            await growing.At(stage, await adding.More(names[there..stage], demos));
            there = stage;
        }
        await growing.Foretell(names[0], names[^1]);
        await adding.Done(names[0]);
        await new Sleeping(run, host).All(names, demos);
        await new Apart(run, host).All();
        await new Keeping(run, host, Marker).All(names);
    }

    private async Task Prepared(FleetHost host)
    {
        var lab = host.Lab;
        await Refused(host, "add p001 --host p001.vet.test --title P --email p@vet.test", "before it is a host");
        await Refused(host, "prepare", "without the key for releases");
        await lab.RunOk("cp /etc/caddy/Caddyfile /root/Caddyfile && echo '# mine' > /etc/caddy/Caddyfile");
        await Refused(host, "prepare --release-key /root/release.pub", "with somebody else's edge in the way");
        await lab.RunOk("cp /root/Caddyfile /etc/caddy/Caddyfile");
        await lab.Write("/etc/vetbooking/fleet.json", """{"acme":"internal","idleExit":"5s","backups":"/srv/backups"}""", "600");
        var watch = Stopwatch.StartNew();
        var prepared = await host.Fleet("prepare --release-key /root/release.pub");
        report.Check("a bare machine becomes a host", prepared.Done, $"{prepared} {(prepared.Done ? "" : await lab.Journal("caddy.service"))}");
        report.Figure("prepareMs", Math.Round(watch.Elapsed.TotalMilliseconds));
        report.Check("and once more the same, harmlessly", (await host.Fleet("prepare --release-key /root/release.pub")).Done);
        await host.Trust();

        await Refused(host, "release /root/built", "a release that nobody signed");
        await host.Sign("/root/built", "0.3.0", 28);
        await lab.RunOk("cp -r /root/built /root/cut && truncate -s -1 /root/cut/vetbooking && cp -r /root/built /root/foreign");
        await Refused(host, "release /root/cut", "a release that was cut off");
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        await host.Sign("/root/foreign", "0.3.0", 28, stranger);
        await Refused(host, "release /root/foreign", "a release with a stranger's signature");
        await lab.RunOk("tar -C /root/built -czf /root/release.tar.gz .");
        var brought = await host.Fleet("release /root/release.tar.gz");
        report.Check("a signed release is taken", brought.Done, $"{brought}");
        await lab.RunOk("cp -r /root/built /root/older");
        await host.Sign("/root/older", "0.2.0", 20);
        await Refused(host, "release /root/older", "an older release");
        await Refused(host, "add p001 --host localhost --title P --email p@vet.test", "a name that is no host name");
        await Refused(host, "add ../etc --host p001.vet.test --title P --email p@vet.test", "a name that is a way");
        await Refused(host, "add p001 --host p001.vet.test --title P --email p@vet.test --version 9.9.9", "a release nobody has");
        await new Lacking(run, host).All();
        report.Check("whatever was refused changed nothing", (await lab.RunOk("ls /etc/vetbooking/practices /var/lib/vetbooking | grep -c p001 || true")).Trim() == "0");
    }

    private async Task Refused(FleetHost host, string arguments, string what)
    {
        var said = await host.Fleet(arguments);
        report.Check($"refused: {what}", said.Exit == 3 && said.Words.Length > 20, $"{said}");
    }
}
