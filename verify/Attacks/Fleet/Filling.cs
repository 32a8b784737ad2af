namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>One practice fills its share of the disk, while people book at it and at its neighbour.</summary>
internal sealed class Filling(Run run)
{
    private const string Full = "/var/lib/vetbooking/full", Fill = $"runuser -u vb-full -- sh -c 'for piece in 2G 1M 4K; do head -c $piece /dev/zero >> {Full}/ballast; sync {Full}/ballast; done; head -c 1M /dev/zero >> {Full}/ballast'";
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private readonly Report report = run.Report;

    public async Task All()
    {
        await using var host = await FleetHost.BootWithDisk(run, "small");
        await host.Prepare(Settings("100M"), "0.3.0");
        report.Check("a practice that could fill the disk is said", (await host.Fleet("add full --host full.vet.test --demo")).Done && (await host.Fleet("check full")).Words.Contains("No practice has a limit", StringComparison.Ordinal));
        await host.Lab.RunOk("btrfs quota enable /var/lib/vetbooking");
        var prepared = await host.Fleet("prepare");
        report.Check("once limits hold, prepare sets them", prepared.Done && !prepared.Words.Contains("No practice has a limit", StringComparison.Ordinal), $"{prepared}");
        report.Check("a neighbour is added", (await host.Fleet("add next --host next.vet.test --demo")).Done);
        await Filled(host);
        await Freed(host);
        await Unlimited(host);
        report.Check("it leaves, and its share with it", (await host.Fleet("retire full --to /root --confirm full")).Done && !(await host.Lab.Run($"test -e {Full}")).Done);
    }

    private async Task Filled(FleetHost host)
    {
        await using (var before = new People(host, ["full"])) await Task.Delay(Turn / 2);
        var filled = await host.Lab.Run(Fill);
        var weight = int.Parse((await host.Lab.RunOk($"du -sm {Full} | cut -f1")).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        report.Check("who fills the disk comes as far as the share", !filled.Done && filled.Error.Contains("quota", StringComparison.Ordinal) && weight is > 80 and <= 105, $"{weight} MB, {filled}");
        var (own, next) = await Booked(host);
        report.CheckNone("its neighbour notices nothing", next.Failures);
        report.Check("and takes bookings", next.Acknowledged > 0);
        report.CheckNone("no acknowledged booking is lost, at neither", [.. await own.Lost(), .. await next.Lost()]);
        report.Figure("bookedWhileFull", own.Acknowledged);
        report.CheckNone("who has filled its share says so, and nothing worse", own.Failures.Where(failure => !failure.EndsWith("booking 503", StringComparison.Ordinal)).ToList());
        report.Check("and could book nothing more in the end", own.Failures.Count > 0);
        using var visitor = host.Visitor("full.vet.test");
        report.Check("its pages are there all the same", (await visitor.GetAsync(new Uri("/buchen", UriKind.Relative))).IsSuccessStatusCode);
        var seen = $"{(await host.Fleet("status full")).Json}";
        report.Check("it is not said to be well", seen.Contains("\"is\":\"ill\"", StringComparison.Ordinal) || seen.Contains("\"is\":\"failing\"", StringComparison.Ordinal), seen);
        var backed = await host.Fleet("backup full next --even-if-unchanged");
        report.Check("its backup fails in words, its neighbour's does not", backed.Exit == 1 && backed.Words.Contains("full: ", StringComparison.Ordinal) && !backed.Words.Contains("next: failed", StringComparison.Ordinal), $"{backed}");
    }

    private async Task Freed(FleetHost host)
    {
        await host.Lab.Write("/etc/vetbooking/fleet.json", Settings("150M"), "600");
        report.Check("it is given more", (await host.Fleet("prepare")).Done);
        await Task.Delay(Turn / 2);
        var (own, _) = await Booked(host);
        report.CheckNone("and books again by itself", own.Failures);
        report.Check("at once", own.Acknowledged > 0);
        report.CheckNone("and has lost nothing", await own.Lost());
        report.Check("it is well", (await host.Fleet("check full")).Done);
    }

    private async Task Unlimited(FleetHost host)
    {
        await host.Lab.RunOk($"btrfs qgroup limit none {Full}");
        await host.Lab.Run(Fill);
        var (_, next) = await Booked(host);
        report.Check("negative control: without a share its neighbour cannot book either", next.Failures.Any(failure => failure.EndsWith("booking 503", StringComparison.Ordinal)), $"{next.Failures.Count} failures");
        await host.Lab.RunOk($"rm {Full}/ballast");
    }

    private static async Task<(People Own, People Next)> Booked(FleetHost host)
    {
        await using var own = new People(host, ["full"]);
        await using var next = new People(host, ["next"]);
        await Task.Delay(Turn);
        return (own, next);
    }

    private static string Settings(string disk) => $$"""{"acme":"internal","idleExit":"20m","disk":"{{disk}}","instance":{ {{People.Limits}} } }""";
}
