using System.Net;
using VetBooking.Verify.Lab;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>
/// Certificates from an ACME server on another host: for a practice's names on demand, for nobody else's name, not for a name
/// that leads elsewhere; and what is there goes on while the authority is away.
/// </summary>
internal sealed class Certifying(Run run)
{
    private const string Here = "10.88.0.2";
    private readonly Report report = run.Report;

    public async Task Execute()
    {
        await using var host = await FleetHost.Boot(run, "edge");
        await using var lab = await LabHost.Boot("authority");
        await LabNetwork.Join((lab, "10.88.0.1"), (host.Lab, Here));
        var authority = new Authority(lab, "10.88.0.1");
        await authority.Install(Here);
        await host.Lab.Write("/etc/vetbooking/acme-root.pem", authority.Root);
        await host.Prepare(Settings(authority), "0.3.0");
        report.Check("practices are added while no authority answers", (await host.Fleet("add berg --host berg.vet.test --host www.berg.vet.test --demo")).Done && (await host.Fleet("add tal --host tal.vet.test --demo")).Done);
        report.Check("without an authority there is no certificate", await None(host, "www.berg.vet.test"));
        await authority.Start(holds: TimeSpan.FromDays(90));
        host.Trust(await authority.Issuer());
        await Known(host);
        await Unknown(host, authority);
        await Elsewhere(host, authority);
        await Away(host, authority);
        await Leaves(host);
        await Renewed(host, authority);
    }

    private async Task Known(FleetHost host)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        report.Check("once it answers, the next visitor gets a certificate", await Until(host, "berg.vet.test") == HttpStatusCode.OK, await Log(host));
        report.Figure("firstCertificateMs", Math.Round(watch.Elapsed.TotalMilliseconds));
        report.Check("from the authority, for that name", host.Certified.StartsWith("berg.vet.test ", StringComparison.Ordinal) && host.Certified.Contains("Pebble", StringComparison.Ordinal), host.Certified);
        var first = host.Certified;
        watch.Restart();
        report.Check("another practice gets its own", await Until(host, "tal.vet.test") == HttpStatusCode.OK && host.Certified.StartsWith("tal.vet.test ", StringComparison.Ordinal), host.Certified);
        report.Figure("nextCertificateMs", Math.Round(watch.Elapsed.TotalMilliseconds));
        report.Check("and so does, by itself, the name that was asked for while there was no authority", await Until(host, "www.berg.vet.test") == HttpStatusCode.PermanentRedirect && host.Certified.StartsWith("www.berg.vet.test ", StringComparison.Ordinal), host.Certified);
        report.Check("a certificate is made once", await Until(host, "berg.vet.test") == HttpStatusCode.OK && host.Certified == first);
        var said = await host.Fleet("status berg");
        report.Check("the operator sees how long it holds", said.Subjects is [var subject] && subject.GetProperty("state").GetProperty("certificate").GetString() is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', .., 'd'], $"{said} {said.Json}");
    }

    private async Task Unknown(FleetHost host, Authority authority)
    {
        report.Check("a name nobody has is refused", await None(host, "nobody.vet.test"));
        report.Check("and the authority never hears of it", !await authority.HasHeardOf("nobody.vet.test"));
        report.Check("negative control: it has heard of the others", await authority.HasHeardOf("tal.vet.test"));
        report.Check("negative control: once a practice has that name, it gets one", (await host.Fleet("domains tal --host tal.vet.test --host nobody.vet.test")).Done && await Until(host, "nobody.vet.test") == HttpStatusCode.PermanentRedirect, await Log(host));
    }

    private async Task Elsewhere(FleetHost host, Authority authority)
    {
        await authority.Leads("alm.vet.test", "10.88.0.1");
        report.Check("a practice whose name leads elsewhere is added", (await host.Fleet("add alm --host alm.vet.test --demo")).Done);
        report.Check("its name gets no certificate", await None(host, "alm.vet.test"));
        report.Check("the status says so, and nobody else is worse off", (await host.Fleet("status alm")).Subjects is [var alm] && alm.GetProperty("state").GetProperty("certificate").GetString() == "none" && await Until(host, "berg.vet.test") == HttpStatusCode.OK);
        await authority.Leads("alm.vet.test", Here);
        // By itself the edge tries again after some minutes.
        await host.Lab.RunOk("systemctl restart caddy.service");
        report.Check("once it leads here and the edge begins anew, it gets one", await Until(host, "alm.vet.test") == HttpStatusCode.OK, await Log(host));
    }

    private async Task Away(FleetHost host, Authority authority)
    {
        await authority.Plug("edge", isIn: false);
        await host.Lab.RunOk("systemctl restart caddy.service");
        report.Check("while the authority is away, certificates that are there go on, also after a restart of the edge", await Until(host, "berg.vet.test") == HttpStatusCode.OK && host.Certified.Contains("Pebble", StringComparison.Ordinal));
        report.Check("a new practice has none meanwhile", (await host.Fleet("add see --host see.vet.test --demo")).Done && await None(host, "see.vet.test"));
        await authority.Plug("edge", isIn: true);
        report.Check("and gets one when it is back", await Until(host, "see.vet.test") == HttpStatusCode.OK, await Log(host));
    }

    private async Task Leaves(FleetHost host)
    {
        report.Check("a practice leaves", (await host.Fleet("retire see --to /root --confirm see")).Done);
        var left = (await host.Lab.RunOk("find /var/lib/caddy -name 'see.vet.test*'")).Trim();
        report.Check("and its certificates and their keys with it", left.Length == 0, left);
        await host.Lab.RunOk("systemctl restart caddy.service");
        report.Check("its name is a stranger's from then on", await None(host, "see.vet.test") && await Until(host, "berg.vet.test") == HttpStatusCode.OK);
    }

    private async Task Renewed(FleetHost host, Authority authority)
    {
        var holds = TimeSpan.FromSeconds(90);
        await authority.Change(holds);
        host.Trust(await authority.Issuer());
        await host.Lab.Write("/etc/vetbooking/fleet.json", Settings(authority), "600");
        report.Check("the operator takes another authority", (await host.Fleet("prepare")).Done);
        report.Check("a practice gets its certificate there, one that ends soon", (await host.Fleet("add moor --host moor.vet.test --demo")).Done && await Until(host, "moor.vet.test") == HttpStatusCode.OK, await Log(host));
        var (first, watch, answers) = (host.Certified, System.Diagnostics.Stopwatch.StartNew(), new List<HttpStatusCode>());
        while (host.Certified == first && watch.Elapsed < holds)
        {
            await Task.Delay(1_000);
            answers.Add(await Status(host, "moor.vet.test", TimeSpan.FromSeconds(5)));
        }
        report.Figure("renewedAfterSeconds", Math.Round(watch.Elapsed.TotalSeconds));
        report.Check("it is renewed before it ends", host.Certified != first && host.Certified.StartsWith("moor.vet.test ", StringComparison.Ordinal) && watch.Elapsed < holds, await Log(host));
        report.Check("not before two thirds of it are over", watch.Elapsed > holds * 0.6, $"{watch.Elapsed.TotalSeconds:0} s");
        report.Check("no visitor is refused meanwhile", answers.TrueForAll(answer => answer == HttpStatusCode.OK), string.Join(' ', answers.Where(answer => answer != HttpStatusCode.OK)));
    }

    private static string Settings(Authority authority) => $$"""{"acme":"{{authority.Directory}}","acmeRoot":"/etc/vetbooking/acme-root.pem","email":"operator@vet.test","idleExit":"20m"}""";

    // A name that has failed is tried again after a minute, then after two; visitors meanwhile wait.
    private static async Task<HttpStatusCode> Until(FleetHost host, string name)
    {
        var until = DateTime.UtcNow.AddSeconds(200);
        while (DateTime.UtcNow < until)
        {
            if (await Status(host, name, TimeSpan.FromSeconds(60)) is var status and not 0) return status;
            await Task.Delay(250);
        }
        return 0;
    }

    private static async Task<bool> None(FleetHost host, string name) => await Status(host, name, TimeSpan.FromSeconds(8)) == 0;

    private static async Task<HttpStatusCode> Status(FleetHost host, string name, TimeSpan patience)
    {
        try
        {
            using var visitor = host.Visitor(name, returns: false);
            visitor.Timeout = patience;
            using var answer = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (Exception refused) when (refused is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    private static async Task<string> Log(FleetHost host) => await host.Lab.Journal("caddy.service", 4);
}
