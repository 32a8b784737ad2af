using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Sovereignty;

/// <summary><c>vetfleet restore</c>: a practice as it was at a backup. For one that is no longer there, <c>add --from</c>.</summary>
internal static class Restore
{
    public static Command Command(Layout layout)
    {
        var name = Chosen.One();
        var from = new Option<FileInfo>("--from") { Description = "The backup.", Required = true };
        var key = new Option<FileInfo?>("--key") { Description = "A file with the practice's recovery code. The practice's own key, if not given." };
        var command = new Command("restore", "Bring a practice back from a backup. What is there now is kept as a backup.") { name, from, key, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            var (practice, backup) = (Chosen.From(facts, verb.GetRequiredValue(name)), Add.Present(verb.GetRequiredValue(from)));
            Units.Expect(facts);
            // Backup, what it holds, and what is there now as one more backup.
            Room.Expect(facts, layout.Data, (6 * new FileInfo(backup).Length) + (2 * Room.WeightOf(layout, practice.Name)));
            return [Plan(layout, practice, backup, Add.Present(verb.GetValue(key) ?? new FileInfo(layout.KeyOf(practice.Name))))];
        }));
        return command;
    }

    /// <summary>Requests get no answer while it lasts; the front door opens again whatever comes of it.</summary>
    public static Plan Plan(Layout layout, Practice practice, string from, string key) => new(practice.Name,
    [
        .. Suspend.Closed(layout, practice.Name),
        .. Brought(layout, practice.Name, Path.Combine(layout.PinOf(practice.Name), "vetbooking"), (from, key)),
        .. Reopened(layout, practice),
    ])
    {
        Looks = [Units.Look(practice.Name)],
        Undo = Reopened(layout, practice),
        Next = "All sign-ins have ended. What was there before is a backup in the practice's own folder.",
    };

    /// <summary>Lets the practice's user bring the practice back; backup and code lie where only it can read them, and go.</summary>
    public static IReadOnlyList<Step> Brought(Layout layout, string practice, string executable, (string File, string Key) backup)
    {
        var (user, place, data) = (Names.UserOf(practice), Path.Combine(layout.Trials, practice), layout.DataOf(practice));
        var (file, key) = (Path.Combine(place, Path.GetFileName(backup.File)), Path.Combine(place, "recovery-code"));
        return
        [
            new Step.Remove(place),
            new Step.Folder(place, "0700", user),
            new Step.Run("install", "-m", "0400", "-o", user, "-g", user, backup.File, file),
            new Step.Run("install", "-m", "0400", "-o", user, "-g", user, backup.Key, key),
            new Step.Verb(practice, executable, [data, place], "restore", "--from", file, "--key", key, "--data", data),
            new Step.Remove(place),
        ];
    }

    private static IReadOnlyList<Step> Reopened(Layout layout, Practice practice) => practice.IsSuspended ? [] : Add.Opened(layout, practice.Name, practice.Hosts);
}
