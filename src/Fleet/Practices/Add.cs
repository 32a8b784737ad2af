using System.CommandLine;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Sovereignty;

namespace VetBooking.Fleet.Practices;

/// <summary>What a new practice shall be.</summary>
/// <param name="Name">Its name on this host.</param>
/// <param name="Hosts">Its names on the network, the first being its address.</param>
internal sealed record AddWish(string Name, IReadOnlyList<string> Hosts)
{
    public string Title { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>The fictional practice instead of an empty one.</summary>
    public bool Demo { get; init; }

    /// <summary>A backup to begin with, and the file with its recovery code.</summary>
    public (string File, string Key)? From { get; init; }

    /// <summary>Another release than the newest.</summary>
    public string? Version { get; init; }

    /// <summary>Whether it may begin without a mail relay that answers.</summary>
    public bool NoMailCheck { get; init; }
}

/// <summary><c>vetfleet add</c></summary>
internal static class Add
{
    public static Command Command(Layout layout)
    {
        var words = new AddWords();
        var command = words.Command("Add a practice: user, folder, socket and route.");
        command.SetAction((verb, _) => verb.Perform(layout, facts => [Plan(layout, facts, words.Wish(verb))]));
        return command;
    }

    /// <summary>What has to be done so that the practice is there.</summary>
    /// <exception cref="RefusedException">It cannot be added.</exception>
    public static Plan Plan(Layout layout, HostFacts facts, AddWish wish)
    {
        var present = facts.Practices.GetValueOrDefault(wish.Name);
        if (Problem(layout, facts, wish, present) is { } problem) throw new RefusedException($"{problem} Nothing was changed.");
        var url = $"https://{wish.Hosts[0]}";
        if (present is { IsWhole: true }) return new Plan(wish.Name, []) { Next = $"It is there already, at {url}." };
        var release = present?.Release ?? wish.Version ?? facts.Releases[^1].ToString();
        return new Plan(wish.Name,
        [
            new Step.Folder(layout.Of(wish.Name), "0711"),
            new Step.Text(layout.NamesOf(wish.Name), string.Join('\n', wish.Hosts) + "\n", "0640"),
            new Step.Link(layout.PinOf(wish.Name), layout.Release(release)),
            .. present?.HasUser == true ? Array.Empty<Step>() : User(layout, wish.Name),
            .. present is { IsHalfMade: true } ? [Ended(wish.Name)] : Array.Empty<Step>(),
            .. present is { HasData: true, IsHalfMade: false } ? [] : Made(layout, facts, wish, release),
            .. Opened(layout, wish.Name, wish.Hosts),
        ])
        {
            Looks = [Units.Look(wish.Name), .. RelayLooks(facts.Settings, wish)],
            Next = wish.Demo || wish.From is not null
                ? $"It answers at {url} as soon as that name leads to this machine."
                : $"Let {wish.Hosts[0]} lead to this machine, and give the practice the set-up link: with --json it is under answers.init.setupLink, and it ends in 24 hours.",
        };
    }

    /// <summary>Puts a practice on the network: now, and at every start of the machine.</summary>
    public static IReadOnlyList<Step> Opened(Layout layout, string practice, IReadOnlyList<string> hosts) =>
    [
        new Step.Link(layout.WantOf(practice), Path.Combine(layout.Units, "vetbooking@.socket")),
        new Step.Run("systemctl", "start", Systemd.Socket(practice)),
        .. hosts.Select(host => new Step.Link(layout.RouteOf(host), layout.SocketOf(practice))),
    ];

    private static string? Problem(Layout layout, HostFacts facts, AddWish wish, Practice? present) => true switch
    {
        _ when !facts.IsPrepared => "This machine is no host yet: run 'vetfleet prepare' first.",
        _ when Names.ProblemOfPractice(wish.Name) is { } wrong => wrong,
        _ when wish.Hosts.Select(Names.ProblemOfHost).OfType<string>().FirstOrDefault() is { } wrong => wrong,
        _ when wish.Hosts.FirstOrDefault(host => facts.Routes.TryGetValue(host, out var other) && other != wish.Name) is { } taken => $"{taken} leads to the practice \"{facts.Routes[taken]}\" already.",
        _ when present is { Hosts.Count: > 0 } && !present.Hosts.SequenceEqual(wish.Hosts) => $"There is a practice \"{wish.Name}\" already, at {present.Hosts[0]}. Choose another name, or change its names with 'vetfleet domains'.",
        _ when present is null && facts.DataFolders.Contains(wish.Name) => $"{layout.DataOf(wish.Name)} is in the way and is not a practice of this fleet. Look what it is, and move it away.",
        _ when present is null && facts.Users.Contains(Names.UserOf(wish.Name)) => $"There is a user {Names.UserOf(wish.Name)} on this machine who is no practice of this fleet. Look who it is, and remove the user or choose another name.",
        _ when present is null && facts.Groups.Contains(Names.UserOf(wish.Name)) => $"There is a group {Names.UserOf(wish.Name)} on this machine that is of no practice of this fleet. Look whose it is, and remove the group or choose another name.",
        _ when facts.Releases.Count == 0 => "There is no release on this host: bring one with 'vetfleet release FILE'.",
        _ when wish.Version is { } version && !facts.Releases.Any(release => release.ToString() == version) => $"Release {version} is not on this host; there are {string.Join(", ", facts.Releases)}.",
        _ when wish is { Demo: false, From: null } && (wish.Title.Length == 0 || wish.Email.Length == 0) => "An empty practice needs --title and --email.",
        _ when present is { IsWhole: true } => null,
        _ when facts.BrokenUnit is { } broken => broken,
        _ when LacksRelay(layout, facts.Settings, wish) is { } lack => lack,
        _ when Room.Lack(facts, layout.Data, wish.From is { } backup ? 6 * new FileInfo(backup.File).Length : 0) is { } lack => lack,
        _ => null,
    };

    private static bool MustMail(AddWish wish) => wish is { Demo: false, NoMailCheck: false };

    /// <summary>Says that a practice could send no mail, whatever the engine; null if it can.</summary>
    public static string? LacksRelay(Layout layout, FleetSettings settings, AddWish wish) => MustMail(wish) && Relay.Of(settings.Instance) is null
        ? $"No mail relay is set: nobody could confirm a booking. Put it into {layout.Settings} under \"instance\", as {{\"mail\":{{\"transport\":\"smtp\",\"host\":\"…\"}}}}, or say --no-mail-check."
        : null;

    /// <summary>Looks whether the relay answers, whatever the engine.</summary>
    public static IReadOnlyList<Step> RelayLooks(FleetSettings settings, AddWish wish) => MustMail(wish) && Relay.Of(settings.Instance) is { } relay
        ? [new Step.Act($"mail relay {relay.Host}:{relay.Port}", async () => await relay.Problem() is { } problem ? throw new RefusedException($"{problem} Correct it in fleet.json, or say --no-mail-check.") : null as JsonElement?)]
        : [];

    // The group first: whoever is killed in between has made no user, and useradd alone could leave one without a group.
    private static IReadOnlyList<Step> User(Layout layout, string practice) =>
    [
        new Step.Run("groupadd", "--system", "--force", Names.UserOf(practice)),
        new Step.Run("useradd", "--system", "--gid", Names.UserOf(practice), "--no-create-home", "--home-dir", layout.DataOf(practice), "--shell", "/usr/sbin/nologin", Names.UserOf(practice)),
    ];

    // What a run that was cut off had begun may still be writing.
    private static Step.Run Ended(string practice) => new("sh", "-c",
        "for i in $(seq 100); do pids=$(find /proc -maxdepth 1 -user \"$1\" -printf '%f ' 2>/dev/null); [ -n \"$pids\" ] || exit 0; kill -KILL $pids 2>/dev/null; sleep 0.1; done; exit 1", "-", Names.UserOf(practice));

    // What a run that was cut off has left is not a practice: it goes, and is made anew.
    private static IEnumerable<Step> Made(Layout layout, HostFacts facts, AddWish wish, string release)
    {
        var data = layout.DataOf(wish.Name);
        var executable = Path.Combine(layout.Release(release), "vetbooking");
        yield return new Step.Text(layout.MakingOf(wish.Name), "", "0600");
        yield return new Step.Remove(data);
        foreach (var step in Quota.Limitable(facts, data)) yield return step;
        yield return new Step.Folder(data, "0700", Names.UserOf(wish.Name));
        foreach (var step in Quota.Limited(layout, facts, wish.Name)) yield return step;
        // The set-up link begins with the address; a demo brings settings of its own, which the fleet's replace.
        var own = new Step.Owned(wish.Name, Path.Combine(data, "instance.json"), facts.Settings.InstanceFor(wish.Hosts));
        if (!wish.Demo) yield return own;
        if (wish.From is { } backup)
            foreach (var step in Restore.Brought(layout, wish.Name, executable, backup))
                yield return step;
        else if (wish.Demo) yield return new Step.Verb(wish.Name, executable, [data], "demo", "--data", data);
        else yield return new Step.Verb(wish.Name, executable, [data], "init", "--data", data, "--name", wish.Title, "--email", wish.Email);
        if (wish.Demo) yield return own;
        yield return new Step.Remove(layout.MakingOf(wish.Name));
    }

    /// <summary>The whole path of a file that is there.</summary>
    public static string Present(FileInfo file) => file.Exists ? file.FullName : throw new RefusedException($"{file.FullName} is not there. Nothing was changed.");
}
