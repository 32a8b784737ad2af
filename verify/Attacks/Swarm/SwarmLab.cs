using System.Diagnostics;
using VetBooking.Verify.Attacks.Fleet;
using VetBooking.Verify.Lab;

namespace VetBooking.Verify.Attacks.Swarm;

/// <summary>Two machines with a Docker each and a cable between them: ash manages, oak works. ssh leads from ash to oak.</summary>
internal sealed class SwarmLab : IAsyncDisposable
{
    // What an operator installs on a node, and what a broken release is written in: an image has no shell of its own.
    private static readonly string[] Packages = ["docker.io", "iptables", "busybox-static"];

    private SwarmLab(FleetHost ash, LabHost oak) => (Ash, Oak) = (ash, oak);

    public FleetHost Ash { get; }

    public LabHost Oak { get; }

    public static async Task<SwarmLab> Boot(Run run)
    {
        var ash = await FleetHost.BootManager(run, "ash", Disk(run, "ash"), Packages);
        LabHost? oak = null;
        try
        {
            oak = await LabHost.Boot("oak", new Dictionary<string, string> { [Disk(run, "oak")] = "/var/lib/docker:rw" }, Packages);
            await LabNetwork.Join((ash.Lab, "10.77.0.1"), (oak, "10.77.0.2"));
            // Only ash has what an image of the edge is made of.
            await oak.RunOk("systemctl disable --now caddy");
            await ash.Lab.RunOk("mkdir -pm 700 /root/.ssh && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519");
            await oak.Write("/root/.ssh/authorized_keys", await ash.Lab.Read("/root/.ssh/id_ed25519.pub"), "600");
            await ash.Lab.Write("/root/.ssh/known_hosts", "10.77.0.2 " + await oak.Read("/etc/ssh/ssh_host_ed25519_key.pub"));
            return new SwarmLab(ash, oak);
        }
        catch
        {
            await ash.DisposeAsync();
            if (oak is not null) await oak.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the two a swarm, with Docker's own two commands.</summary>
    public async Task<TimeSpan> Join()
    {
        var watch = Stopwatch.StartNew();
        await Ash.Lab.RunOk("docker swarm init --advertise-addr 10.77.0.1 --listen-addr 10.77.0.1:2377");
        var token = (await Ash.Lab.RunOk("docker swarm join-token --quiet worker")).Trim();
        await Oak.RunOk($"docker swarm join --advertise-addr 10.77.0.2 --token {token} 10.77.0.1:2377");
        return watch.Elapsed;
    }

    /// <summary>The numbers of appointments in a practice's volume on a machine.</summary>
    public static Task<string> Numbers(LabHost host, string practice) =>
        host.RunOk($"sqlite3 /var/lib/docker/volumes/vb-{practice}/_data/practice.db 'SELECT number FROM appointment'");

    public async ValueTask DisposeAsync()
    {
        await Ash.DisposeAsync();
        await Oak.DisposeAsync();
    }

    private static string Disk(Run run, string name) => Directory.CreateDirectory(run.PathOf(name + "-docker")).FullName;
}
