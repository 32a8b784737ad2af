namespace VetBooking.Fleet.Host;

/// <summary>How the host's parts are called by systemd.</summary>
internal static class Systemd
{
    public static string Socket(string practice) => $"vetbooking@{practice}.socket";

    public static string Service(string practice) => $"vetbooking@{practice}.service";

    /// <summary>A command that a practice's user runs beside the practice, locked in as the practice is, and not on the network unless it must be.</summary>
    /// <param name="practice">The practice.</param>
    /// <param name="writable">The only folders it may change.</param>
    /// <param name="command">What it runs.</param>
    public static IReadOnlyList<string> Locked(string practice, IReadOnlyList<string> writable, params IReadOnlyList<string> command) =>
    [
        "systemd-run", "--quiet", "--wait", "--pipe", "--collect", "--service-type=exec",
        $"--property=User={Names.UserOf(practice)}",
        .. Sandbox.Lines.Select(line => $"--property={line}"),
        "--property=PrivateNetwork=yes",
        $"--property=ReadWritePaths={string.Join(' ', writable)}",
        "--", .. command,
    ];

    /// <summary>The same for what has the night. Among services the processor is shared by weight, and all practices together have 80: it takes a fifth at most.</summary>
    public static IReadOnlyList<string> GivingWay(IReadOnlyList<string> locked) => [locked[0], "--property=CPUWeight=20", .. locked.Skip(1)];
}
