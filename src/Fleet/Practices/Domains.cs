using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Practices;

/// <summary><c>vetfleet domains</c>: the names under which a practice is reached.</summary>
internal static class Domains
{
    public static Command Command(Layout layout)
    {
        var name = Chosen.One();
        var hosts = new Option<string[]>("--host") { Description = "All names from now on; the first is the practice's address.", Required = true };
        var command = new Command("domains", "Set the names under which a practice is reached.") { name, hosts, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts => [Plan(layout, facts, verb.GetRequiredValue(name), verb.GetRequiredValue(hosts))]));
        return command;
    }

    /// <summary>Routes first, so that the new address answers before anybody is sent there; what no longer leads here goes last.</summary>
    /// <exception cref="RefusedException">A name is none, or another practice's.</exception>
    public static Plan Plan(Layout layout, HostFacts facts, string name, IReadOnlyList<string> hosts)
    {
        var practice = Chosen.From(facts, name);
        if (hosts.Select(Names.ProblemOfHost).OfType<string>().FirstOrDefault() is { } wrong) throw new RefusedException($"{wrong} Nothing was changed.");
        if (hosts.FirstOrDefault(host => facts.Routes.GetValueOrDefault(host, name) != name) is { } taken) throw new RefusedException($"{taken} leads to the practice \"{facts.Routes[taken]}\" already. Nothing was changed.");
        var gone = facts.Routes.Where(route => route.Value == name && !hosts.Contains(route.Key)).Select(route => route.Key).Order(StringComparer.Ordinal).ToList();
        if (practice.Hosts.SequenceEqual(hosts) && gone.Count == 0) return new Plan(name, []);
        return new Plan(name,
        [
            .. hosts.Select(host => new Step.Link(layout.RouteOf(host), layout.SocketOf(name))),
            new Step.Text(layout.NamesOf(name), string.Join('\n', hosts) + "\n", "0640"),
            new Step.Act($"settings of {name}: publicUrl https://{hosts[0]}", () => Rewrite(layout, facts.Settings, name, hosts)),
            new Step.Run("systemctl", "try-restart", Systemd.Service(name)),
            .. gone.Select(host => new Step.Remove(layout.RouteOf(host))),
        ])
        { Next = $"Its address is https://{hosts[0]}. Passkeys of its team belong to the address they were made for: who signs in with one makes a new one." };
    }

    private static async Task<JsonElement?> Rewrite(Layout layout, FleetSettings settings, string name, IReadOnlyList<string> hosts)
    {
        var path = Path.Combine(layout.DataOf(name), "instance.json");
        var present = await Shell.Run(["runuser", "-u", Names.UserOf(name), "--", "cat", "--", path]);
        var instance = present.Code == 0 ? JsonNode.Parse(present.Output, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject : null;
        var written = await Runner.Perform(new Plan(name, [new Step.Owned(name, path, settings.InstanceFor(hosts, instance))]));
        if (written.Problem is { } problem) throw new RefusedException(problem);
        return null;
    }
}
