using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet add --engine swarm</c></summary>
internal static class SwarmAdd
{
    public static Command Command(Layout layout)
    {
        var words = new AddWords();
        var on = new Option<string?>("--on") { Description = "The place its data shall lie at. Default: the one with the fewest practices." };
        var command = words.Command("Add a practice: volume on one node, service, names.");
        command.Options.Add(on);
        command.SetAction((verb, _) => verb.Perform(layout, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            var wish = words.Wish(verb);
            if (Names.ProblemOfPractice(wish.Name) is { } wrong) throw new RefusedException($"{wrong} Nothing was changed.");
            if (!facts.IsPrepared) throw new RefusedException("This swarm is not prepared yet: run 'vetfleet prepare --engine swarm' first. Nothing was changed.");
            var node = facts.At(verb.GetValue(on) ?? Emptiest(facts));
            var lies = (await Docker.Ask(Docker.At(node, "volume", "ls", "--quiet", "--filter", $"name=^{Docker.Volume(wish.Name)}$"))).Length > 0;
            return [Plan(layout, facts, wish, node, lies)];
        }));
        return command;
    }

    /// <summary>What has to be done so that the practice is there. The service comes last: a practice without one is not whole, and is made anew.</summary>
    /// <param name="layout">This manager.</param>
    /// <param name="facts">The swarm.</param>
    /// <param name="wish">What the practice shall be.</param>
    /// <param name="node">Where.</param>
    /// <param name="lies">Whether a volume of its name lies there already.</param>
    /// <exception cref="RefusedException">It cannot be added.</exception>
    public static Plan Plan(Layout layout, SwarmFacts facts, AddWish wish, Node node, bool lies)
    {
        var present = facts.Practices.GetValueOrDefault(wish.Name);
        if (Problem(layout, facts, wish, node, present, lies) is { } problem) throw new RefusedException($"{problem} Nothing was changed.");
        if (present is not null) return new Plan(wish.Name, []) { Next = $"It is there already, at https://{wish.Hosts[0]}." };
        var release = wish.Version ?? facts.Images.Keys.Last();
        var image = facts.ImageOf(release);
        return new Plan(wish.Name,
        [
            new Step.Folder(layout.Of(wish.Name), "0700"),
            new Step.Text(layout.MakingOf(wish.Name), "", "0600"),
            Carry.Loaded(layout, node, release, image),
            .. Carry.Ended(node, wish.Name),
            new Step.Run(Docker.At(node, "volume", "rm", "--force", Docker.Volume(wish.Name))),
            new Step.Run(Docker.At(node, "volume", "create", "--label", $"{Docker.PracticeLabel}={wish.Name}", Docker.Volume(wish.Name))),
            .. Carry.Begun(node, wish.Name, image),
            .. Made(layout, facts.Settings, wish, node, image),
            .. Carry.Ended(node, wish.Name),
            new Step.Run(Service(facts.Settings, wish, release, image, node.Place!)),
            new Step.Remove(layout.Of(wish.Name)),
            Tasks.Up(wish.Name),
        ])
        {
            Looks = Add.RelayLooks(facts.Settings, wish),
            Next = wish.Demo || wish.From is not null
                ? $"It answers at https://{wish.Hosts[0]} as soon as that name leads to a node."
                : $"Let {wish.Hosts[0]} lead to a node, and give the practice the set-up link: with --json it is under answers.init.setupLink, and it ends in 24 hours.",
        };
    }

    private static string Emptiest(SwarmFacts facts) => facts.Nodes.Where(node => node is { IsReady: true, Place: not null })
        .MinBy(node => facts.Practices.Values.Count(practice => practice.Place == node.Place))?.Place ?? throw new RefusedException("No node is ready and has a place: 'vetfleet prepare --engine swarm'. Nothing was changed.");

    private static string? Problem(Layout layout, SwarmFacts facts, AddWish wish, Node node, Placed? present, bool lies) => true switch
    {
        _ when Names.ProblemOfPractice(wish.Name) is { } wrong => wrong,
        _ when wish.Hosts.Select(Names.ProblemOfHost).OfType<string>().FirstOrDefault() is { } wrong => wrong,
        _ when wish.Hosts.FirstOrDefault(host => facts.Routes.GetValueOrDefault(host, wish.Name) != wish.Name) is { } taken => $"{taken} leads to the practice \"{facts.Routes[taken]}\" already.",
        _ when present is not null && !present.Hosts.SequenceEqual(wish.Hosts) => $"There is a practice \"{wish.Name}\" already, at {present.Hosts[0]}. Choose another name.",
        _ when present is null && lies && !facts.HalfMade.Contains(wish.Name) => $"The volume {Docker.Volume(wish.Name)} on {node.Name} is in the way and belongs to no practice of this swarm. Look what it is, and remove it with 'docker volume rm'.",
        _ when facts.Images.Count == 0 => "There is no release here: bring one with 'vetfleet release FILE --engine swarm'.",
        _ when wish.Version is { } version && !facts.Images.ContainsKey(version) => $"Release {version} is not here; there are {string.Join(", ", facts.Images.Keys)}.",
        _ when wish is { Demo: false, From: null } && (wish.Title.Length == 0 || wish.Email.Length == 0) => "An empty practice needs --title and --email.",
        _ when present is null && Add.LacksRelay(layout, facts.Settings, wish) is { } lack => lack,
        _ => null,
    };

    private static IEnumerable<Step> Made(Layout layout, FleetSettings settings, AddWish wish, Node node, string image)
    {
        var instance = Path.Combine(layout.Of(wish.Name), "instance.json");
        Step[] own = [new Step.Text(instance, settings.InstanceFor(wish.Hosts), "0600"), Carry.In(node, wish.Name, instance, "/data")];
        var beside = Docker.Beside(node, wish.Name, image);
        // The set-up link begins with the address; a demo brings settings of its own, which the fleet's replace.
        if (wish.Demo) return [new Step.Beside(wish.Name, beside, "demo", "--data", "/data"), .. own];
        if (wish.From is { } backup) return [.. own, .. SwarmRestore.Brought(layout, wish.Name, node, image, backup)];
        return [.. own, new Step.Beside(wish.Name, beside, "init", "--data", "/data", "--name", wish.Title, "--email", wish.Email)];
    }

    /// <summary>One task on one node, which ends before another begins: two programs never have one database open to serve it.</summary>
    private static IReadOnlyList<string> Service(FleetSettings settings, AddWish wish, string release, string image, string place) =>
    [
        "docker", "service", "create", "--detach", "--quiet", "--no-resolve-image", "--name", Docker.Service(wish.Name), "--replicas", "1",
        "--label", $"{Docker.PracticeLabel}={wish.Name}", "--label", $"{Docker.HostsLabel}={string.Join(',', wish.Hosts)}", "--label", $"{Docker.ReleaseLabel}={release}",
        // An address of Swarm's own before the service would need IPVS and gains a single task nothing.
        "--endpoint-mode", "dnsrr", "--network", $"name={Docker.Network}{string.Concat(wish.Hosts.Select(host => $",alias={host}{Docker.Suffix}"))}",
        "--constraint", SwarmFacts.Constraint(place), "--mount", $"type=volume,source={Docker.Volume(wish.Name)},target=/data", "--mount", "type=tmpfs,target=/tmp,tmpfs-size=512m,tmpfs-mode=1777",
        "--read-only", "--cap-drop", "ALL", "--limit-memory", "256M", "--limit-cpu", "1", "--limit-pids", "64", "--stop-grace-period", "30s", "--restart-condition", "any", "--restart-delay", "2s",
        "--update-order", "stop-first", "--update-failure-action", "rollback", "--update-max-failure-ratio", "0", "--update-monitor", "15s", "--rollback-order", "stop-first", "--rollback-monitor", "5s",
        "--log-driver", "json-file", "--log-opt", "max-size=10m", "--log-opt", "max-file=3",
        image, "serve", "--data", "/data", "--urls", "http://0.0.0.0:8080", "--behind", settings.Network,
    ];
}
