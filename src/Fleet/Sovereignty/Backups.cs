using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Sovereignty;

/// <summary><c>vetfleet backup</c> and <c>vetfleet rehearse</c>: every practice makes and tries its own, encrypted with its own key; the fleet only carries them away.</summary>
internal static class Backups
{
    private static readonly string[] Database = ["practice.db", "practice.db-wal"];

    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var to = new Option<string?>("--to") { Description = "A folder, or restic:REPOSITORY. Default: backups in fleet.json." };
        var evenIfUnchanged = new Option<bool>("--even-if-unchanged") { Description = "Also practices that have not changed since their newest backup." };
        var command = new Command("backup", "Let practices make verified backups, and carry them away.") { names, all, to, evenIfUnchanged, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            var away = verb.GetValue(to) is { } once ? new Away(layout, once, Days: null) : new Away(layout, facts.Settings.Backups, facts.Settings.BackupDays);
            var chosen = Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => (Practice: practice, IsUnchanged: !verb.GetValue(evenIfUnchanged) && IsUnchanged(layout, practice.Name))).ToList();
            ExpectRoom(layout, facts, [.. chosen.Where(one => !one.IsUnchanged || !away.Has(one.Practice.Name)).Select(one => one.Practice)], away);
            return [.. chosen.Select(one => Plan(layout, one.Practice, away, one.IsUnchanged)), .. away.AgeAll()];
        }));
        return command;
    }

    public static Command Rehearsal(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var command = new Command("rehearse", "Let practices bring their newest backup back in a place of its own, and book an appointment there.") { names, all, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            var chosen = Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all));
            Room.Expect(facts, layout.Data, chosen.Select(practice => 3 * Room.WeightOf(layout, practice.Name)).DefaultIfEmpty().Max());
            return [.. chosen.Select(practice => Rehearsed(layout, practice))];
        }));
        return command;
    }

    /// <summary>Every backup stays, and the largest needs as much twice more while it is made and looked over.</summary>
    /// <exception cref="RefusedException">The practices' disk or the target's has no room.</exception>
    internal static void ExpectRoom(Layout layout, HostFacts facts, IReadOnlyList<Practice> practices, Away away)
    {
        if (practices.Count == 0) return;
        var weights = practices.Select(practice => Room.WeightOf(layout, practice.Name)).ToList();
        Room.Expect(facts, layout.Data, weights.Sum() + (2 * weights.Max()));
        if (away is { Target.Length: > 0, IsRepository: false }) Room.Expect(facts, away.Target, weights.Sum(), reserve: 0);
    }

    /// <summary>One practice's backup.</summary>
    /// <param name="layout">The host.</param>
    /// <param name="practice">The practice.</param>
    /// <param name="away">Where it is carried.</param>
    /// <param name="isUnchanged">Whether its newest backup says all there is to say: it may have made that itself, and nobody carried it yet.</param>
    public static Plan Plan(Layout layout, Practice practice, Away away, bool isUnchanged)
    {
        var (data, backups) = (layout.DataOf(practice.Name), layout.BackupsOf(practice.Name));
        return new Plan(practice.Name,
        [
            .. isUnchanged ? [] : new Step[]
            {
                new Step.Run("runuser", "-u", Names.UserOf(practice.Name), "--", "mkdir", "-p", "-m", "0700", "--", backups),
                new Step.Verb(practice.Name, Path.Combine(layout.PinOf(practice.Name), "vetbooking"), [data], "backup", "--data", data, "--to", backups) { GivesWay = true },
            },
            .. isUnchanged && away.Has(practice.Name) ? [] : new Step[]
            {
                new Step.Folder(layout.Keys, "0700"),
                new Step.Fetch(practice.Name, Path.Combine(data, "keys", "backup.key"), layout.KeyOf(practice.Name)),
            }.Concat(away.Carry(practice.Name)),
            .. away.Age(practice.Name),
        ])
        { Next = isUnchanged ? "It has not changed since its newest backup." : "" };
    }

    public static Plan Rehearsed(Layout layout, Practice practice) => new(practice.Name,
    [
        new Step.Verb(practice.Name, Path.Combine(layout.PinOf(practice.Name), "vetbooking"), [layout.DataOf(practice.Name)], "rehearse", "--data", layout.DataOf(practice.Name)) { GivesWay = true },
        new Step.Text(layout.RehearsedOf(practice.Name), ""),
    ]);

    /// <summary>When the practice's newest backup was made, in UTC; null if there is none here.</summary>
    public static DateTime? Newest(Layout layout, string practice) => NewestFile(layout, practice) is { } newest ? File.GetLastWriteTimeUtc(newest) : null;

    /// <summary>Where it is.</summary>
    public static string? NewestFile(Layout layout, string practice) => Directory.Exists(layout.BackupsOf(practice))
        ? Directory.EnumerateFiles(layout.BackupsOf(practice), "*.vetbackup").MaxBy(File.GetLastWriteTimeUtc)
        : null;

    /// <summary>Whether nothing was written since the newest backup, which notes itself in the database a moment after its file is whole.</summary>
    public static bool IsUnchanged(Layout layout, string practice) =>
        Newest(layout, practice) is { } newest
        && Database.All(file => File.GetLastWriteTimeUtc(Path.Combine(layout.DataOf(practice), file)) <= newest.AddSeconds(5));
}
