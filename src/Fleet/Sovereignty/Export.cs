using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Sovereignty;

/// <summary><c>vetfleet export</c>: a practice as open files, for the practice.</summary>
internal static class Export
{
    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var to = new Option<DirectoryInfo>("--to") { Description = "A folder that is there; each practice becomes NAME.zip.", Required = true };
        var command = new Command("export", "Write practices as open ZIP files.") { names, all, to, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            var folder = verb.GetRequiredValue(to);
            if (!folder.Exists) throw new RefusedException($"{folder.FullName} is not there. Nothing was changed.");
            return [.. Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice =>
            {
                var file = Path.Combine(folder.FullName, practice.Name + ".zip");
                if (File.Exists(file)) throw new RefusedException($"{file} is there already; nothing was overwritten.");
                return new Plan(practice.Name, Steps(layout, practice.Name, file)) { Next = $"{file} is not encrypted: give it to the practice and remove it." };
            })];
        }));
        return command;
    }

    /// <summary>Made where the practice's user may write, and then carried to the file.</summary>
    public static IReadOnlyList<Step> Steps(Layout layout, string practice, string file)
    {
        var place = Path.Combine(layout.Trials, practice);
        var made = Path.Combine(place, practice + ".zip");
        return
        [
            new Step.Remove(place),
            new Step.Folder(place, "0700", Names.UserOf(practice)),
            new Step.Verb(practice, Path.Combine(layout.PinOf(practice), "vetbooking"), [layout.DataOf(practice), place], "export", "--data", layout.DataOf(practice), "--to", made),
            new Step.Fetch(practice, made, file),
            new Step.Remove(place),
        ];
    }
}
