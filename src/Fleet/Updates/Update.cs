using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Releases;

namespace VetBooking.Fleet.Updates;

/// <summary><c>vetfleet update</c>: another release for practices, each tried on a copy of its own data before anything of it changes.</summary>
internal static class Update
{
    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var to = new Option<string>("--to") { Description = "The release's version.", Required = true };
        var wave = Waves.Create();
        var command = new Command("update", "Bring practices to another release, in waves that stop at the first fault.") { names, all, to, wave, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            var release = verb.GetRequiredValue(to);
            if (!facts.Releases.Any(version => version.ToString() == release)) throw new RefusedException($"Release {release} is not on this host; there are {string.Join(", ", facts.Releases)}. Bring it with 'vetfleet release FILE'. Nothing was changed.");
            var chosen = Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all));
            Units.Expect(facts);
            // One after the other: a backup, two copies for the trial, and the data as they were.
            Room.Expect(facts, layout.Trials, chosen.Where(practice => practice.Release != release).Select(practice => 6 * Room.WeightOf(layout, practice.Name)).DefaultIfEmpty().Max());
            // Looked at again here: what lay on the disk for weeks may not be what was signed.
            Release.Read(layout.Release(release), File.ReadAllText(layout.ReleaseKey));
            return [.. chosen.Select(practice => Plan(layout, practice, release))];
        }, Waves.Read(verb.GetRequiredValue(wave))));
        return command;
    }

    /// <summary>One practice's update.</summary>
    public static Plan Plan(Layout layout, Practice practice, string to)
    {
        var name = practice.Name;
        if (practice.Release == to && !practice.IsHeld) return new Plan(name, []) { Next = $"It has release {to} already." };
        var (before, after) = (practice.Release == to ? practice.Before! : practice.Release!, to);
        return new Plan(name,
        [
            // Cut off behind the trial, the change of release is only brought to its end.
            .. practice.IsHeld ? [] : new Step[] { new Step.Act($"trial of {after} on a copy of {name}'s data, beside {before}", () => new Trial(layout, name, before, after).Run()) },
            .. Switch.Steps(layout, practice, before, after),
        ])
        {
            Looks = [Units.Look(name)],
            Looking = practice.IsHeld ? 0 : 1,
            Undo = Switch.Back(layout, practice, before),
            Next = $"It has release {after}; back with: vetfleet rollback {name}",
        };
    }
}
