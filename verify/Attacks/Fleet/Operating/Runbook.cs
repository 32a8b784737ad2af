using VetBooking.Verify.Lab;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>The operator's document is followed to the letter: every line of its blocks, in order, on a machine that has a release and nothing else.</summary>
internal sealed class Runbook(Run run)
{
    // On the makers' machine, and to the operator's desk.
    private static readonly string[] Elsewhere = ["bin/release", "ssh"];
    private readonly Report report = run.Report;

    public async Task Execute()
    {
        var lines = Lines(await File.ReadAllTextAsync(Path.Combine(Run.Root, "docs", "operating.md")));
        report.Check("the document has commands", lines.Count > 20, $"{lines.Count}");
        await using var host = await FleetHost.Boot(run, "ash");
        await using var oak = await FleetHost.Boot(run, "oak");
        await Furnish(host, oak);
        var failed = new List<string>();
        var ran = 0;
        foreach (var line in lines.Where(line => !Elsewhere.Contains(line.Split(' ')[0])))
        {
            var ended = await Follow(host, line);
            report.Say($"{(ended.Done ? "done" : "FAILED")}: {line}");
            if (!ended.Done) failed.Add($"{line}: {ended}");
            ran++;
        }
        report.Figure("commands", ran);
        report.CheckNone("every command of docs/operating.md does what it says", failed);
        report.Check("negative control: a command nobody knows is found", !(await Follow(host, "vetfleet tidy --all")).Done);
        report.Check("negative control: so is an option nobody knows", !(await Follow(host, "vetfleet status --everything")).Done);
        report.Check("at the end the practice that moved is on the other host alone", (await oak.Lab.Run("vetfleet list | grep -q '^berg '")).Done && !(await host.Lab.Run("vetfleet list | grep -q '^berg '")).Done);
    }

    /// <summary>The commands: what stands indented by four, without the remarks.</summary>
    public static IReadOnlyList<string> Lines(string document) =>
        [.. document.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Split("  #")[0].Trim())];

    private static async Task<Ran> Follow(FleetHost host, string line) => await host.Lab.Run($"cd /root && {line}", TimeSpan.FromMinutes(3));

    // What the document takes for granted: releases and their key, settings with an authority that answers here, folders, a second host.
    private static async Task Furnish(FleetHost host, FleetHost oak)
    {
        const string settings = """{"acme":"internal","idleExit":"20m","backups":"/srv/backups","instance":{"mail":{"transport":"smtp","host":"localhost","port":2525,"security":"none"}}}""";
        await host.Lab.Write("/etc/vetbooking/fleet.json", settings, "600");
        await Task.WhenAll(host.Greet(), oak.Greet());
        foreach (var version in new[] { "0.3.0", "0.3.1" })
        {
            await host.Lab.RunOk("cp /root/vetfleet /root/built/");
            await host.Sign("/root/built", version, 28);
            await host.Lab.RunOk($"tar -C /root/built -czf /root/vetbooking-{version}.tar.gz .");
        }
        await host.Lab.RunOk("mkdir -p /srv/exports && rm -r /root/vetfleet /root/built");
        await oak.Prepare(settings, "0.3.1");
        await LabNetwork.Join((host.Lab, "10.77.0.1"), (oak.Lab, "10.77.0.2"));
        await host.Lab.RunOk("mkdir -pm 700 /root/.ssh && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519");
        await oak.Lab.Write("/root/.ssh/authorized_keys", await host.Lab.Read("/root/.ssh/id_ed25519.pub"), "600");
        await host.Lab.Write("/root/.ssh/known_hosts", "oak " + await oak.Lab.Read("/etc/ssh/ssh_host_ed25519_key.pub"));
    }
}
