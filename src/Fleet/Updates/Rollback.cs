using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Releases;

namespace VetBooking.Fleet.Updates;

/// <summary><c>vetfleet rollback</c>: the release before, with all data of today.</summary>
internal static class Rollback
{
    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var command = new Command("rollback", "Bring practices back to the release they had before, with all data of today.") { names, all, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            Units.Expect(facts);
            var key = File.ReadAllText(layout.ReleaseKey);
            return [.. Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => Plan(layout, practice, version => Release.Read(layout.Release(version), key).Schema))];
        }));
        return command;
    }

    /// <summary>The way of an update, without the trial: it is the release that was there.</summary>
    /// <exception cref="RefusedException">There was none before, or it cannot read what the present one writes.</exception>
    public static Plan Plan(Layout layout, Practice practice, Func<string, int> schemaOf)
    {
        if (practice.Before is not { } before) throw new RefusedException($"{practice.Name} has had no other release yet. Nothing was changed.");
        if (practice.Release == before) return new Plan(practice.Name, []) { Next = $"It has release {before} again already." };
        if (schemaOf(before) < schemaOf(practice.Release!)) throw new RefusedException($"Release {before} cannot read what {practice.Release} has written. Restore the backup from before the update, and know that what came later is not in it: vetfleet restore {practice.Name} --from FILE. Nothing was changed.");
        return new Plan(practice.Name, Switch.Steps(layout, practice, practice.Release!, before)) { Looks = [Units.Look(practice.Name)], Undo = Switch.Back(layout, practice, practice.Release!), Next = $"It has release {before}." };
    }
}
