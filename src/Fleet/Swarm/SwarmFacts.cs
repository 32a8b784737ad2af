using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Swarm;

/// <summary>A machine of the swarm.</summary>
/// <param name="Name">Its host name.</param>
/// <param name="Address">Where ssh finds it.</param>
internal sealed record Node(string Name, string Address)
{
    public string Id { get; init; } = "";

    public bool IsSelf { get; init; }

    public bool IsReady { get; init; } = true;

    /// <summary>The place that practices name as theirs; null if <c>prepare</c> has not been here since it joined.</summary>
    public string? Place { get; init; }
}

/// <summary>What Swarm says about one practice.</summary>
internal sealed record Placed(string Name)
{
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public string Release { get; init; } = "";

    public string? Before { get; init; }

    /// <summary>The place its data are at.</summary>
    public string Place { get; init; } = "";

    /// <summary>The image's number, which is the sum of all that is in it.</summary>
    public string Image { get; init; } = "";

    /// <summary>When Swarm began its last update, in its own words.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>Whether it is meant to run.</summary>
    public bool IsOpen { get; init; } = true;
}

/// <summary>What the swarm and this manager's folders say.</summary>
internal sealed record SwarmFacts
{
    public required FleetSettings Settings { get; init; }

    /// <summary>Whether <c>prepare</c> has been here.</summary>
    public bool IsPrepared { get; init; }

    /// <summary>The images of releases that lie here, the oldest first.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Node> Nodes { get; init; } = [];

    public IReadOnlyDictionary<string, Placed> Practices { get; init; } = new Dictionary<string, Placed>();

    /// <summary>Practices that were begun to be made and never were whole.</summary>
    public IReadOnlySet<string> HalfMade { get; init; } = new HashSet<string>();

    /// <summary>Which practice a name on the network leads to.</summary>
    public IReadOnlyDictionary<string, string> Routes => Practices.Values.SelectMany(practice => practice.Hosts.Select(host => (host, practice.Name))).ToDictionary(pair => pair.host, pair => pair.Name);

    /// <exception cref="RefusedException">This machine is no manager of a swarm.</exception>
    public static async Task<SwarmFacts> Read(Layout layout)
    {
        if (!File.Exists("/usr/bin/docker")) throw new RefusedException("There is no Docker on this machine: 'apt-get install docker.io', then 'docker swarm init'. Nothing was changed.");
        if (await Docker.Ask("docker", "info", "--format", "{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}} {{.Swarm.NodeID}}") is not ['a', 'c', 't', 'i', 'v', 'e', ' ', 't', 'r', 'u', 'e', ' ', .. var self])
            throw new RefusedException("This machine is no manager of a swarm: make it one with 'docker swarm init', or run this on one that is. Nothing was changed.");
        var nodes = await Inspected("node", "ls", "-q");
        var services = await Inspected("service", "ls", "-q", "--filter", $"label={Docker.PracticeLabel}");
        return new SwarmFacts
        {
            Settings = FleetSettings.Load(layout.Settings),
            IsPrepared = File.Exists(layout.ReleaseKey) && (await Docker.Ask("docker", "service", "ls", "-q", "--filter", $"name={Docker.EdgeService}")).Length > 0,
            Images = ImagesIn(layout),
            Nodes = [.. nodes.Select(node => NodeOf(node, self)).OrderBy(node => node.Name, StringComparer.Ordinal)],
            Practices = services.Select(PlacedOf).ToDictionary(practice => practice.Name),
            HalfMade = Directory.Exists(layout.Practices) ? Directory.EnumerateDirectories(layout.Practices).Select(path => Path.GetFileName(path)).Where(name => File.Exists(layout.MakingOf(name))).ToHashSet() : [],
        };
    }

    /// <summary>The node at a place.</summary>
    /// <exception cref="RefusedException">There is none, or it is down.</exception>
    public Node At(string place) => Nodes.Where(node => node.Place == place).MaxBy(node => node.IsReady) switch
    {
        null => throw new RefusedException($"No node has the place \"{place}\"; there are {string.Join(", ", Nodes.Select(node => node.Place).OfType<string>())}. A node that has joined gets its place from 'vetfleet prepare --engine swarm'. Nothing was changed."),
        { IsReady: false } => throw new RefusedException($"The node at \"{place}\" is down. If it stays so, bring the practice back elsewhere: vetfleet restore NAME --on PLACE --engine swarm. Nothing was changed."),
        var node => node,
    };

    public Placed Practice(string name) => Practices.GetValueOrDefault(name) ?? throw new RefusedException(HalfMade.Contains(name)
        ? $"\"{name}\" was never added to the end. Run that command again, then this one."
        : $"There is no practice \"{name}\" in this swarm; 'vetfleet list --engine swarm' shows those that are. Nothing was changed.");

    public IReadOnlyList<Placed> Chosen(IReadOnlyList<string> names, bool all) => VetBooking.Fleet.Practices.Chosen.From(names, all, Practices.Values, Practice);

    /// <summary>The image of a release.</summary>
    public string ImageOf(string release) => Images.GetValueOrDefault(release) ?? throw new RefusedException($"Release {release} is not here; there are {string.Join(", ", Images.Keys)}. Bring it with 'vetfleet release FILE --engine swarm'. Nothing was changed.");

    internal static Node NodeOf(JsonNode node, string self) => new((string)node["Description"]!["Hostname"]!, (string?)node["Status"]!["Addr"] ?? "")
    {
        Id = (string)node["ID"]!,
        IsSelf = (string)node["ID"]! == self,
        IsReady = (string?)node["Status"]!["State"] == "ready",
        Place = (string?)node["Spec"]!["Labels"]?[Docker.PlaceLabel],
    };

    internal static Placed PlacedOf(JsonNode service)
    {
        var (spec, labels) = (service["Spec"]!, service["Spec"]!["Labels"]!);
        var constraint = spec["TaskTemplate"]!["Placement"]?["Constraints"]?.AsArray().Select(word => (string)word!).FirstOrDefault(word => word.StartsWith(Constraint(""), StringComparison.Ordinal));
        return new Placed((string)labels[Docker.PracticeLabel]!)
        {
            Hosts = ((string?)labels[Docker.HostsLabel] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            Release = (string?)labels[Docker.ReleaseLabel] ?? "",
            Before = (string?)labels[Docker.BeforeLabel],
            Place = constraint?[Constraint("").Length..] ?? "",
            Image = (string)spec["TaskTemplate"]!["ContainerSpec"]!["Image"]!,
            UpdatedAt = (string?)service["UpdateStatus"]?["StartedAt"],
            IsOpen = (int?)spec["Mode"]?["Replicated"]?["Replicas"] > 0,
        };
    }

    /// <summary>What ties a service to a place, in Swarm's words.</summary>
    public static string Constraint(string place) => $"node.labels.{Docker.PlaceLabel}=={place}";

    private static SortedDictionary<string, string> ImagesIn(Layout layout) => new(
        (Directory.Exists(layout.Images) ? Directory.EnumerateFiles(layout.Images, "*.tar") : []).Where(file => ReleaseVersion.Read(Path.GetFileNameWithoutExtension(file)) is not null).ToDictionary(file => Path.GetFileNameWithoutExtension(file), Image.NumberOf),
        Comparer<string>.Create((one, other) => ReleaseVersion.Read(one)!.CompareTo(ReleaseVersion.Read(other))));

    private static async Task<IReadOnlyList<JsonNode>> Inspected(string kind, params string[] list)
    {
        var ids = (await Docker.Ask(["docker", kind, .. list])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ids.Length == 0 ? [] : [.. JsonNode.Parse(await Docker.Ask(["docker", kind, "inspect", .. ids]))!.AsArray().Select(one => one!)];
    }
}
