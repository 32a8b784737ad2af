using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Swarm;

/// <summary>How the parts of a practice are called by Docker, and how a node's Docker is spoken to.</summary>
internal static class Docker
{
    /// <summary>The network between the edge and the practices.</summary>
    public const string Network = "vetbooking";

    public const string EdgeService = "vetbooking-edge";

    /// <summary>What every name has behind it inside the network: a name without it is nobody's, so the edge can be led nowhere else.</summary>
    public const string Suffix = ".vetbooking";

    /// <summary>Labels of a service: they are what Swarm remembers for the fleet.</summary>
    public const string PracticeLabel = "vetbooking.practice", HostsLabel = "vetbooking.hosts", ReleaseLabel = "vetbooking.release", BeforeLabel = "vetbooking.before";

    /// <summary>The label of a node to which a practice's place refers; a new machine may take a lost one's.</summary>
    public const string PlaceLabel = "vetbooking.place";

    /// <summary>The user every image of ours runs as.</summary>
    public const string User = "10001";

    public static string Service(string practice) => "vb-" + practice;

    /// <summary>The volume with the practice's folder, on one node.</summary>
    public static string Volume(string practice) => "vb-" + practice;

    /// <summary>A volume for what comes to a practice or leaves it, and the container that holds it.</summary>
    public static string Carry(string practice) => "vb-" + practice + "-carry";

    /// <summary>A command of a node's Docker: over ssh, unless it is this machine.</summary>
    public static IReadOnlyList<string> At(Node node, params IReadOnlyList<string> command) =>
        node.IsSelf ? ["docker", .. command] : ["docker", "-H", $"ssh://root@{node.Address}", .. command];

    /// <summary>A container beside the practice's own, locked in as that is and without a network, for one verb of an image.</summary>
    public static IReadOnlyList<string> Beside(Node node, string practice, string image, string? volume = null) => At(node,
        "run", "--rm", "--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", "512m", "--pids-limit", "64",
        "--tmpfs", "/tmp:mode=1777,size=512m", "--volume", $"{volume ?? Volume(practice)}:/data", "--volume", $"{Carry(practice)}:/carry", image);

    /// <summary>Asks Docker something; its words.</summary>
    /// <exception cref="RefusedException">It answers with a failure.</exception>
    public static async Task<string> Ask(params IReadOnlyList<string> command)
    {
        var ended = await Shell.Run(command);
        return ended.Code == 0 ? ended.Output.Trim() : throw new RefusedException($"{string.Join(' ', command.Take(4))}: {ended.LastWords}");
    }
}
