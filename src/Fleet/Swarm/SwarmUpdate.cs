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
        var wave = Waves.Create();
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

    /// <summary>
    /// The new release is tried on a copy; then, as close together as can be, a backup and Swarm's own update. What is
    /// acknowledged between these two is lost only if the new release spoils the data so that the old one cannot go on.
    /// </summary>
    public static Plan Plan(Layout layout, SwarmFacts facts, Placed practice, string to, DateTime now)
    {
        var (image, name) = (facts.ImageOf(to), practice.Name);
        if (practice.Release == to) return new Plan(name, []) { Next = $"It has release {to} already." };
        var node = facts.At(practice.Place);
        return new Plan(name,
        [
            Carry.Loaded(layout, node, to, image),
            .. Carry.Begun(node, name, practice.Image),
            .. Tried(layout, node, practice, image),
            .. SwarmBackups.Made(layout, facts, practice, now, then: Asked(practice, to, image)),
            Tasks.Updated(practice, practice.UpdatedAt, to),
            .. Carry.Ended(node, name),
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
        return new Plan(practice.Name, [Carry.Loaded(layout, facts.At(practice.Place), before, image), Asked(practice, before, image), Tasks.Updated(practice, practice.UpdatedAt, before)]) { Next = $"It has release {before}." };
    }

    private static Step.Run Asked(Placed practice, string to, string image) => new(
        "docker", "service", "update", "--detach", "--quiet", "--no-resolve-image", "--image", image, "--label-add", $"{Docker.ReleaseLabel}={to}", "--label-add", $"{Docker.BeforeLabel}={practice.Release}", Docker.Service(practice.Name));

    // The new release takes a copy over and looks it over, in a volume that goes again.
    private static IEnumerable<Step> Tried(Layout layout, Node node, Placed practice, string image)
    {
        var (name, code) = (practice.Name, Path.Combine(layout.Trials, practice.Name, "recovery-code"));
        var beside = Docker.Beside(node, name, image, Trial(name));
        return
        [
            new Step.Beside(name, Docker.Beside(node, name, practice.Image), "backup", "--data", "/data", "--to", "/carry/trial.vetbackup"),
            new Step.Folder(Path.GetDirectoryName(code)!, "0700"),
            Carry.Out(node, name, "/data/keys/backup.key", code),
            Carry.In(node, name, code, "/carry"),
            new Step.Remove(Path.GetDirectoryName(code)!),
            Untried(node, name),
            new Step.Beside(name, beside, "restore", "--from", "/carry/trial.vetbackup", "--key", "/carry/recovery-code", "--data", "/data"),
            new Step.Beside(name, beside, "check", "--data", "/data"),
            Untried(node, name),
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
