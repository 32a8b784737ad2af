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

    /// <summary>A release that is the shipped executable behind a script that does what its fault says.</summary>
    public async Task Make(string version, string script)
    {
        var folder = $"/root/release-{version}";
        await Ash.Lab.RunOk($"rm -rf {folder} && cp -r /root/built {folder} && rm -f {folder}/release.json* && mv {folder}/vetbooking {folder}/vetbooking.real && cp /bin/busybox {folder}/busybox");
        await Ash.Lab.Write($"{folder}/vetbooking", $"#!/app/busybox sh\n{script}\nexec /app/vetbooking.real \"$@\"\n", "755");
        await Ash.Sign(folder, version, 28);
        var brought = await Ash.Fleet($"release {folder}");
        if (!brought.Done) throw new InvalidOperationException($"{version} is not taken: {brought}");
    }

    /// <summary>The numbers of the containers that serve the two practices; another one is another start.</summary>
    public async Task<(string Berg, string Tal)> Started() =>
        (Oak.Running ? (await Oak.RunOk("docker ps --quiet --filter name=vb-berg")).Trim() : "", (await Ash.Lab.RunOk("docker ps --quiet --filter name=vb-tal")).Trim());

    public async Task<string> ReleaseOf() =>
        (await Ash.Lab.RunOk($"docker service inspect --format '{{{{index .Spec.Labels \"vetbooking.release\"}}}}' vb-berg")).Trim();

    public static async Task<bool> Answers(HttpClient visitor)
    {
        for (var i = 0; i < 3; i++)
        {
            try
            {
                if ((await visitor.GetAsync(new Uri("/buchen", UriKind.Relative))).IsSuccessStatusCode) return true;
            }
            catch (HttpRequestException)
            {
            }
            await Task.Delay(500);
        }
        return false;
    }

    public static async Task<bool> Fails(HttpClient visitor)
    {
        try
        {
            await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ash.DisposeAsync();
        await Oak.DisposeAsync();
    }

    private static string Disk(Run run, string name) => Directory.CreateDirectory(run.PathOf(name + "-docker")).FullName;
}
