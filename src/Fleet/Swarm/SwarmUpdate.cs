using System.CommandLine;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Releases;
using VetBooking.Fleet.Updates;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet update</c> and <c>vetfleet rollback --engine swarm</c>: Swarm changes the image, watches the health check and goes back by itself.</summary>
internal static class SwarmUpdate
{
    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var to = new Option<string>("--to") { Description = "The release's version.", Required = true };
        var wave = new Option<string>("--wave") { Description = "How many at a time: numbers and shares, the last being \"rest\".", DefaultValueFactory = _ => "1,5%,rest" };
        var command = new Command("update", "Bring practices to another release, in waves that stop at the first fault.") { names, all, to, wave, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            return [.. facts.Chosen(verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => Plan(layout, facts, practice, verb.GetRequiredValue(to), DateTime.UtcNow))];
        }, Waves.Read(verb.GetRequiredValue(wave))));
        return command;
    }

    public static Command Rollback(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var command = new Command("rollback", "Bring practices back to the release they had before, with all data of today.") { names, all, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            var key = File.ReadAllText(layout.ReleaseKey);
            return [.. facts.Chosen(verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => Back(layout, facts, practice, version => Release.Read(layout.Release(version), key).Schema))];
        }));
        return command;
    }

    /// <summary>A backup of the moment, the new release tried on a copy made of it, and then Swarm's own update.</summary>
    public static Plan Plan(Layout layout, SwarmFacts facts, Placed practice, string to, DateTime now)
    {
        var (image, name) = (facts.ImageOf(to), practice.Name);
        if (practice.Release == to) return new Plan(name, []) { Next = $"It has release {to} already." };
        var node = facts.At(practice.Place);
        return new Plan(name,
        [
            Carry.Loaded(layout, node, to, image),
            .. Carry.Begun(node, name, practice.Image),
            .. SwarmBackups.Made(layout, facts, practice, now),
            .. Tried(layout, node, name, image),
            .. Carry.Ended(node, name),
            .. Changed(practice, to, image),
        ])
        {
            Undo = [.. Carry.Ended(node, name), Untried(node, name), Recovered(layout, facts, practice, (SwarmBackups.File(layout, facts.Settings, name, now), layout.KeyOf(name)))],
            Next = $"It has release {to}; back with: vetfleet rollback {name} --engine swarm",
        };
    }

    /// <summary>The way of an update, without the trial: it is the release that was there.</summary>
    /// <exception cref="RefusedException">There was none before, or it cannot read what the present one writes.</exception>
    public static Plan Back(Layout layout, SwarmFacts facts, Placed practice, Func<string, int> schemaOf)
    {
        if (practice.Before is not { } before) throw new RefusedException($"{practice.Name} has had no other release yet. Nothing was changed.");
        var image = facts.ImageOf(before);
        if (schemaOf(before) < schemaOf(practice.Release)) throw new RefusedException($"Release {before} cannot read what {practice.Release} has written. Restore the backup from before the update, and know that what came later is not in it: vetfleet restore {practice.Name} --from FILE --engine swarm. Nothing was changed.");
        return new Plan(practice.Name, [Carry.Loaded(layout, facts.At(practice.Place), before, image), .. Changed(practice, before, image)]) { Next = $"It has release {before}." };
    }

    private static IEnumerable<Step> Changed(Placed practice, string to, string image) =>
    [
        new Step.Run("docker", "service", "update", "--detach", "--quiet", "--no-resolve-image", "--image", image, "--label-add", $"{Docker.ReleaseLabel}={to}", "--label-add", $"{Docker.BeforeLabel}={practice.Release}", Docker.Service(practice.Name)),
        Tasks.Updated(practice, practice.UpdatedAt, to),
    ];

    // The new release takes a copy over and looks it over, in a volume that goes again.
    private static IEnumerable<Step> Tried(Layout layout, Node node, string practice, string image)
    {
        var code = Path.Combine(layout.Trials, practice, "recovery-code");
        var beside = Docker.Beside(node, practice, image, Trial(practice));
        return
        [
            new Step.Folder(Path.GetDirectoryName(code)!, "0700"),
            new Step.Run("install", "-m", "0400", layout.KeyOf(practice), code),
            Carry.In(node, practice, code, "/carry"),
            new Step.Remove(Path.GetDirectoryName(code)!),
            Untried(node, practice),
            new Step.Beside(practice, beside, "restore", "--from", "/carry/now.vetbackup", "--key", "/carry/recovery-code", "--data", "/data"),
            new Step.Beside(practice, beside, "check", "--data", "/data"),
            Untried(node, practice),
        ];
    }

    /// <summary>The volume of a trial goes.</summary>
    public static Step Untried(Node node, string practice) => new Step.Run(Docker.At(node, "volume", "rm", "--force", Trial(practice))) { MayFail = true };

    private static string Trial(string practice) => Docker.Volume(practice) + "-trial";

    // Back with the release of before, a practice runs on with all it has, unless the new one has made of its data what the old one cannot read.
    private static Step.Act Recovered(Layout layout, SwarmFacts facts, Placed practice, (string File, string Key) backup) => new($"see that {practice.Name} is ready with {practice.Release}, and put its data back if not", async () =>
    {
        var untouched = (await SwarmFacts.Read(layout)).Practices.GetValueOrDefault(practice.Name)?.UpdatedAt == practice.UpdatedAt;
        if (untouched || await Tasks.IsUp(practice.Name, TimeSpan.FromSeconds(60))) return null;
        Console.Error.WriteLine($"{practice.Name}: release {practice.Release} does not become ready with the data as they are now; the backup from before the update comes back.");
        var back = await Runner.Perform(SwarmRestore.Plan(layout, facts, practice, practice.Place, backup));
        return back.Problem is { } problem ? throw new RefusedException(problem) : null as JsonElement?;
    });
}
