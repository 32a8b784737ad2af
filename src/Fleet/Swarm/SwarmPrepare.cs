using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet prepare --engine swarm</c>: places for the nodes, the network, the edge on every node. Again after a node has joined.</summary>
internal static class SwarmPrepare
{
    // Debian names its package of ICU after the version.
    private static readonly string[] Edges = ["caddy"], Icu = ["$(apt-cache pkgnames libicu | grep -xE 'libicu[0-9]+' | sort -V | tail -1)"];

    public static Command Command(Layout layout)
    {
        var key = new Option<FileInfo?>("--release-key") { Description = "The public key (PEM) that releases are signed with." };
        var command = new Command("prepare", "Make a swarm a host of practices: places, network, edge. Run it again after a node has joined or fleet.json has changed.") { key, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, async () =>
        {
            var hasNetwork = (await Docker.Ask("docker", "network", "ls", "--quiet", "--filter", $"name=^{Docker.Network}$")).Length > 0;
            return [Plan(layout, await SwarmFacts.Read(layout), verb.GetValue(key)?.FullName, hasNetwork)];
        }));
        return command;
    }

    public static Plan Plan(Layout layout, SwarmFacts facts, string? releaseKey, bool hasNetwork)
    {
        if (releaseKey is null && !File.Exists(layout.ReleaseKey)) throw new RefusedException("Give the public key that releases are signed with: --release-key FILE. Nothing was changed.");
        if (releaseKey is not null && !File.Exists(releaseKey)) throw new RefusedException($"{releaseKey} is not there. Nothing was changed.");
        var hasIcu = Directory.EnumerateDirectories("/usr/lib").Any(folder => Directory.EnumerateFiles(folder, "libicuuc.so.*").Any());
        string[] missing = [.. File.Exists("/usr/bin/caddy") ? [] : Edges, .. hasIcu ? [] : Icu];
        var ready = facts.Nodes.Where(node => node.IsReady).ToList();
        return new Plan("swarm",
        [
            .. missing.Length > 0 ? [new Step.Run("apt-get", "update", "-qq"), new Step.Run("sh", "-c", $"DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {string.Join(' ', missing)}")] : Array.Empty<Step>(),
            // The edge is a container of every node; the program of this machine is only what its image is made of.
            new Step.Run("systemctl", "disable", "--now", "caddy.service") { MayFail = true },
            .. new[] { layout.Practices, layout.Releases, layout.Trials, layout.Keys, layout.Images }.Select(folder => new Step.Folder(folder, "0700")),
            .. Environment.ProcessPath is { } self && self != Layout.Self ? [new Step.Run("install", "-m", "0755", self, Layout.Self)] : Array.Empty<Step>(),
            .. releaseKey is not null ? [new Step.Run("install", "-m", "0644", releaseKey, layout.ReleaseKey)] : Array.Empty<Step>(),
            .. File.Exists(layout.Settings) ? Array.Empty<Step>() : [new Step.Text(layout.Settings, facts.Settings.Text(), "0600")],
            .. facts.Nodes.Where(node => node.Place is null).Select(node => new Step.Run("docker", "node", "update", "--label-add", $"{Docker.PlaceLabel}={node.Name}", node.Id)),
            .. hasNetwork ? Array.Empty<Step>() : [new Step.Run("docker", "network", "create", "--driver", "overlay", "--subnet", facts.Settings.Network, Docker.Network)],
            .. ready.SelectMany(node => facts.Images.Select(image => Carry.Loaded(layout, node, image.Key, image.Value))),
            new Step.Act("make the image of the edge", () => Edge(layout, facts.Settings)),
            new Step.Act($"bring the edge to {string.Join(", ", ready.Select(node => node.Name))} and start it", () => Started(layout, ready)),
        ])
        { Next = "Bring a release with 'vetfleet release FILE --engine swarm', then add a practice with 'vetfleet add … --engine swarm'." };
    }

    private static string Archive(Layout layout) => Path.Combine(layout.Images, "edge.tar");

    private static async Task<JsonElement?> Edge(Layout layout, FleetSettings settings)
    {
        ImageFile[] own =
        [
            new("app/caddy", "/usr/bin/caddy"),
            new("app/Caddyfile", null) { Content = HostFiles.Filled("edge.caddy", settings), Mode = (UnixFileMode)0b110_100_100 },
            .. settings.AcmeRoot.Length > 0 ? [new ImageFile(settings.AcmeRoot.TrimStart('/'), settings.AcmeRoot) { Mode = (UnixFileMode)0b110_100_100 }] : Array.Empty<ImageFile>(),
        ];
        await Image.Write(Archive(layout), "vetbooking-edge:latest", [await Image.Base("/usr/bin/caddy"), own], new JsonObject
        {
            ["User"] = $"{Docker.User}:{Docker.User}",
            ["Env"] = new JsonArray("XDG_DATA_HOME=/data", "XDG_CONFIG_HOME=/tmp", "HOME=/tmp"),
            ["Entrypoint"] = new JsonArray("/app/caddy"),
            ["Cmd"] = new JsonArray("run", "--config", "/app/Caddyfile", "--adapter", "caddyfile"),
            ["WorkingDir"] = "/data",
        });
        return null;
    }

    // Its number is known once it is made: the same one is not touched, another one replaces it node by node.
    private static async Task<JsonElement?> Started(Layout layout, IReadOnlyList<Node> nodes)
    {
        var number = Image.NumberOf(Archive(layout));
        foreach (var node in nodes)
            if ((await Runner.Perform(new Plan(node.Name, [Carry.Loaded(layout, node, "edge", number)]))).Problem is { } problem) throw new RefusedException(problem);
        var present = await Shell.Run(["docker", "service", "inspect", "--format", "{{.Spec.TaskTemplate.ContainerSpec.Image}}", Docker.EdgeService]);
        if (present.Code == 0 && present.Output.Trim() == number) return null;
        await Docker.Ask(present.Code == 0
            ? ["docker", "service", "update", "--detach", "--quiet", "--no-resolve-image", "--image", number, Docker.EdgeService]
            :
            [
                "docker", "service", "create", "--detach", "--quiet", "--no-resolve-image", "--name", Docker.EdgeService, "--mode", "global", "--endpoint-mode", "dnsrr", "--network", Docker.Network,
                "--publish", "mode=host,published=80,target=8080", "--publish", "mode=host,published=443,target=8443",
                "--mount", $"type=volume,source={Docker.EdgeService},target=/data", "--mount", "type=tmpfs,target=/tmp,tmpfs-size=64m,tmpfs-mode=1777",
                "--read-only", "--cap-drop", "ALL", "--limit-memory", "256M", "--limit-pids", "256", "--restart-condition", "any", "--restart-delay", "2s",
                "--update-order", "stop-first", "--update-failure-action", "rollback", "--log-driver", "json-file", "--log-opt", "max-size=10m", "--log-opt", "max-file=3", number,
            ]);
        return null;
    }
}
