using VetBooking.Verify.Lab;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>A practice goes from one host to another while people book; failures on the way leave it where it was.</summary>
internal sealed class Moving(Run run)
{
    private const string Settings = $$"""{"acme":"internal","idleExit":"20m","instance":{ {{People.Limits}} } }""";

    private readonly Report report = run.Report;

    public async Task Execute()
    {
        await using var ash = await FleetHost.Boot(run, "ash");
        await using var oak = await FleetHost.Boot(run, "oak");
        await ash.Prepare(Settings, "0.3.0");
        await LabNetwork.Join((ash.Lab, "10.77.0.1"), (oak.Lab, "10.77.0.2"));
        report.Check("it is added", (await ash.Fleet("add berg --host berg.vet.test --demo")).Done);

        await ash.Lab.Write("/etc/vetbooking/hosts", "ash local\noak root@oak\n");
        await Fails(ash, "a host nobody knows");
        await ash.Lab.RunOk("mkdir -pm 700 /root/.ssh && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519");
        await oak.Lab.Write("/root/.ssh/authorized_keys", await ash.Lab.Read("/root/.ssh/id_ed25519.pub"), "600");
        await ash.Lab.Write("/root/.ssh/known_hosts", "oak " + await oak.Lab.Read("/etc/ssh/ssh_host_ed25519_key.pub"));
        await Fails(ash, "a machine that is no host");
        var machines = new Machines(report, ash);
        await machines.OneIsNoHost();
        await oak.Prepare(Settings, "0.3.0");
        report.Check("a neighbour is there", (await oak.Fleet("add tal --host berg.vet.test --demo")).Done);
        await Fails(ash, "a host where its name is taken");
        await machines.Both();
        await machines.OneIsAway();
        report.Check("the neighbour goes", (await oak.Fleet("retire tal --to /root --confirm tal")).Done);

        await using var people = new People(ash, ["berg"]);
        await Task.Delay(2_000);
        await ash.Lab.Run("timeout -s KILL 1.2 vetfleet move berg --to oak");
        await oak.Fleet("retire berg --to /tmp --confirm berg");
        await people.Stop();
        var promised = people.Acknowledged;
        report.Check("people booked before it moved", promised > 0);
        var before = await Digest(ash);
        var moved = await ash.Fleet("move berg --to oak");
        report.Check("it moves, also after a try that was killed", moved.Done, $"{moved}");
        report.Figure("moveSeconds", Math.Round(moved.Took.TotalSeconds, 1));
        report.Check("it is the same there, row by row", before == await Digest(oak));
        var kept = await oak.Lab.RunOk("sqlite3 /var/lib/vetbooking/berg/practice.db 'SELECT number FROM appointment'");
        report.CheckNone("no acknowledged booking is lost", people.Promised.Where(number => !kept.Contains(number, StringComparison.Ordinal)).ToList());
        report.Check("negative control: the count of what was promised is not empty", people.Promised.Count == promised && promised > 0);
        using var visitor = oak.Visitor("berg.vet.test");
        report.Check("it answers there", (await visitor.GetAsync(new Uri("/buchen", UriKind.Relative))).IsSuccessStatusCode);
        using var late = ash.Visitor("berg.vet.test");
        report.Check("and no longer here, where nothing more may be acknowledged", (int)(await late.GetAsync(new Uri("/buchen", UriKind.Relative))).StatusCode == 503);
        await machines.Moved();
        report.Check("nothing of the way is left", (await ash.Lab.RunOk("ls -A /var/lib/vetbooking-trials")).Trim().Length == 0 && (await oak.Lab.RunOk("ls -A /root | grep vetfleet-move || true")).Trim().Length == 0);
    }

    private async Task Fails(FleetHost ash, string what)
    {
        var moved = await ash.Fleet("move berg --to oak");
        using var visitor = ash.Visitor("berg.vet.test");
        report.Check($"to {what} it does not move, is refused, and goes on here", moved.Exit == 3 && (await visitor.GetAsync(new Uri("/buchen", UriKind.Relative))).IsSuccessStatusCode, $"{moved}");
    }

    private static async Task<string> Digest(FleetHost host) => await host.Lab.RunOk("for table in owner animal appointment occupancy visit_type outbox; do sqlite3 /var/lib/vetbooking/berg/practice.db \"SELECT * FROM $table ORDER BY 1, 2\"; done | sha256sum");
}
