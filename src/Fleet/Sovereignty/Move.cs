using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Hosts;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Sovereignty;

/// <summary><c>vetfleet move</c>: a practice goes to another host, with everything it has.</summary>
internal static class Move
{
    public static Command Command(Layout layout)
    {
        var name = Chosen.One();
        var to = new Option<string>("--to") { Description = "The other host, by its name in /etc/vetbooking/hosts, or without that file as ssh reaches it as root; 'vetfleet prepare' has been there.", Required = true };
        var command = new Command("move", "Bring a practice to another host; here it stays suspended until it is retired.") { name, to, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            var practice = Chosen.From(facts, verb.GetRequiredValue(name));
            Room.Expect(facts, layout.Trials, 2 * Room.WeightOf(layout, practice.Name));
            return [Plan(layout, practice, HostList.DestinationOf(layout, verb.GetRequiredValue(to)))];
        }));
        return command;
    }

    /// <summary>Nothing can change here once the copy is made; if the other host does not have the very same afterwards, the practice goes on here.</summary>
    /// <exception cref="RefusedException">The host's name is none.</exception>
    public static Plan Plan(Layout layout, Practice practice, string to)
    {
        if (to.Length == 0 || to[0] == '-' || to.Any(char.IsWhiteSpace)) throw new RefusedException($"\"{to}\" is no host for ssh. Nothing was changed.");
        var name = practice.Name;
        return new Plan(name,
        [
            .. Suspend.Suspended(layout, practice).Steps,
            new Step.Act($"carry {name} to {to} and compare", () => Carry(layout, practice, to)),
        ])
        {
            Looks = [new Step.Act($"whether {to} is a host with release {practice.Release} that has room for {name}", () => Look(layout, practice, to))],
            // Suspended on purpose, or by a move that was cut off: either way it stays so.
            Undo = practice.IsSuspended ? [] : Suspend.Resumed(layout, practice with { IsSuspended = true }).Steps,
            Next = $"It is at {to}, and suspended here. Let {string.Join(" and ", practice.Hosts)} lead there, then erase it here: vetfleet retire {name} --to FOLDER --confirm {name}",
        };
    }

    // The first thing that is wrong there, in a word.
    private const string Questions = """
        test -x "$1" || { echo no-host; exit; }
        test -d "$2" || { echo no-release; exit; }
        test ! -e "$3" || { echo taken; exit; }
        test "$(df --output=avail -B1 "$4" | tail -1)" -gt "$5" || { echo full; exit; }
        shift 5
        for route; do test ! -e "$route" || { echo routed; exit; }; done
        echo ready
        """;

    private static async Task<JsonElement?> Look(Layout layout, Practice practice, string to)
    {
        var room = ((6 * Room.WeightOf(layout, practice.Name)) + Room.Reserve).ToString(CultureInfo.InvariantCulture);
        var asked = await Shell.Run([.. Ssh.To(to), "sh", "-s", "--", Layout.Self, layout.Release(practice.Release!), layout.Of(practice.Name), layout.Data, room, .. practice.Hosts.Select(layout.RouteOf)], Questions);
        if (asked.Code != 0) throw new RefusedException($"{to} cannot be reached: {asked.LastWords}");
        return asked.Output.Trim() switch
        {
            "ready" => null,
            "no-host" => throw new RefusedException($"{to} is no host yet: run 'vetfleet prepare' there."),
            "no-release" => throw new RefusedException($"{to} does not have release {practice.Release}: bring it there with 'vetfleet release FILE'."),
            "taken" => throw new RefusedException($"{to} has a practice \"{practice.Name}\" already. If a move that was cut off has left it, retire it there, then run this again."),
            "full" => throw new RefusedException($"{to} has no room for {practice.Name}: make room on the disk of {layout.Data} there."),
            "routed" => throw new RefusedException($"One of {string.Join(", ", practice.Hosts)} leads to another practice at {to} already: see 'vetfleet list' there."),
            _ => throw new RefusedException($"{to} answers something else than it was asked: its shell must not greet where nobody is at a terminal."),
        };
    }

    private static async Task<JsonElement?> Carry(Layout layout, Practice practice, string to)
    {
        var (name, user, data) = (practice.Name, Names.UserOf(practice.Name), layout.DataOf(practice.Name));
        var place = Path.Combine(layout.Trials, name);
        var there = $"/root/.vetfleet-move-{name}";
        var ssh = Ssh.To(to);
        try
        {
            await Expect("rm", "-rf", "--", place);
            await Expect("install", "-d", "-m", "0700", "-o", user, "-g", user, place);
            var made = await Expect([.. Systemd.Locked(name, [data, place], Path.Combine(layout.PinOf(name), "vetbooking"), "backup", "--data", data, "--to", Path.Combine(place, "move.vetbackup"), "--json")]);
            await Expect([.. ssh, "rm", "-rf", there, "&&", "mkdir", "-m", "0700", there]);
            foreach (var (from, file) in new[] { (Path.Combine(place, "move.vetbackup"), "move.vetbackup"), (Path.Combine(data, "keys", "backup.key"), "recovery-code") })
                await Expect("sh", "-c", "runuser -u \"$1\" -- cat -- \"$2\" | ssh -o BatchMode=yes -o ServerAliveInterval=15 \"$3\" \"umask 077; cat > $4\"", "-", user, from, to, $"{there}/{file}");
            var added = await Expect([.. ssh, Layout.Self, "add", name, .. practice.Hosts.SelectMany(host => new[] { "--host", host }), "--version", practice.Release!, .. await Relay.Of(layout, name) is null ? ["--no-mail-check"] : Array.Empty<string>(), "--from", $"{there}/move.vetbackup", "--key", $"{there}/recovery-code", "--json"]);
            // Run once more after it was cut off, there is nothing to add; the copy of before is not believed.
            var digest = added.Json?.GetProperty("subjects")[0].TryGetProperty("answers", out var answers) == true && answers.TryGetProperty("restore", out var restored) ? restored.GetProperty("digest").GetString() : null;
            if (digest is null) throw new RefusedException($"{to} has a practice \"{name}\" already. If it is one that was left by a move that was cut off, retire it there, then run this again.");
            if (digest != made.Json?.GetProperty("digest").GetString()) throw new RefusedException($"What {to} has is not what is here. The practice goes on here; retire it there.");
            return null;
        }
        finally
        {
            await Shell.Run(["rm", "-rf", "--", place]);
            await Shell.Run([.. ssh, "rm", "-rf", there]);
        }
    }

    private static async Task<(Shell.Ended Ended, JsonElement? Json)> Expect(params string[] command)
    {
        var ended = await Shell.Run(command);
        if (ended.Code != 0) throw new RefusedException($"{command[0]}: {ended.LastWords}");
        return (ended, ended.Output.StartsWith('{') ? JsonDocument.Parse(ended.Output).RootElement.Clone() : null);
    }
}
