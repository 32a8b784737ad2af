using System.CommandLine;
using System.Globalization;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Sovereignty;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet backup --engine swarm</c>: every practice makes its own, encrypted with its own key, and it is carried to this manager or what is mounted there.</summary>
internal static class SwarmBackups
{
    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var command = new Command("backup", "Let practices make verified backups, and carry them here.") { names, all, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            return [.. facts.Chosen(verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => new Plan(practice.Name,
            [
                .. Carry.Begun(facts.At(practice.Place), practice.Name, practice.Image),
                .. Made(layout, facts, practice, DateTime.UtcNow),
                .. Carry.Ended(facts.At(practice.Place), practice.Name),
                .. new Away(layout, Place(layout, facts.Settings), facts.Settings.BackupDays).Age(practice.Name),
            ]))];
        }));
        return command;
    }

    /// <summary>A backup of this moment, carried here with its key; one copy stays at <c>/carry</c> until that ends.</summary>
    /// <param name="layout">This manager.</param>
    /// <param name="facts">The swarm.</param>
    /// <param name="practice">The practice.</param>
    /// <param name="now">The moment.</param>
    /// <param name="then">What must not wait until the backup is carried here.</param>
    public static IReadOnlyList<Step> Made(Layout layout, SwarmFacts facts, Placed practice, DateTime now, Step? then = null)
    {
        var (name, node, folder) = (practice.Name, facts.At(practice.Place), Folder(layout, facts.Settings, practice.Name));
        return
        [
            new Step.Folder(layout.Keys, "0700"),
            Carry.Out(node, name, "/data/keys/backup.key", layout.KeyOf(name)),
            new Step.Folder(folder, "0700"),
            new Step.Beside(name, Docker.Beside(node, name, practice.Image), "backup", "--data", "/data", "--to", "/carry/now.vetbackup"),
            .. then is null ? Array.Empty<Step>() : [then],
            Carry.Out(node, name, "/carry/now.vetbackup", File(layout, facts.Settings, name, now)),
        ];
    }

    /// <summary>Where the backup of a moment lies.</summary>
    public static string File(Layout layout, FleetSettings settings, string practice, DateTime moment) =>
        Path.Combine(Folder(layout, settings, practice), string.Create(CultureInfo.InvariantCulture, $"{practice}-{moment:yyyyMMdd-HHmmss}.vetbackup"));

    public static FileInfo? Newest(Layout layout, FleetSettings settings, string practice) => Directory.Exists(Folder(layout, settings, practice))
        ? new DirectoryInfo(Folder(layout, settings, practice)).EnumerateFiles("*.vetbackup").MaxBy(file => file.LastWriteTimeUtc)
        : null;

    /// <summary>Where a practice's backups lie.</summary>
    /// <exception cref="RefusedException">It is no folder.</exception>
    public static string Folder(Layout layout, FleetSettings settings, string practice) => Path.Combine(Place(layout, settings), practice);

    private static string Place(Layout layout, FleetSettings settings) => settings.Backups.StartsWith("restic:", StringComparison.Ordinal)
        ? throw new RefusedException($"With Swarm, backups are carried to a folder, and {layout.Settings} says restic. Name a folder there, best one that is mounted from another machine. Nothing was changed.")
        : settings.Backups.Length > 0 ? settings.Backups : layout.Backups;
}
