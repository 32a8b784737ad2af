using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Sovereignty;

/// <summary><c>vetfleet retire</c>: the practice leaves. It takes its data along, and nothing of it stays here.</summary>
internal static class Retire
{
    public static Command Command(Layout layout) =>
        Command((verb, practice, folder) => verb.Perform(layout, facts => [Plan(layout, facts, practice, folder)]));

    /// <summary>The verb, whatever the engine.</summary>
    public static Command Command(Func<ParseResult, string, string, Task<int>> perform)
    {
        var name = Chosen.One();
        var to = new Option<DirectoryInfo>("--to") { Description = "A folder that is there, for the export and the certificate of erasure.", Required = true };
        var confirm = new Option<string?>("--confirm") { Description = "The practice's name once more: its data and its backups are erased for good." };
        var command = new Command("retire", "Export a practice, then erase it and its backups.") { name, to, confirm, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) =>
        {
            var practice = verb.GetRequiredValue(name);
            var folder = verb.GetRequiredValue(to);
            if (!folder.Exists) return Task.FromResult(verb.Refused($"{folder.FullName} is not there. Nothing was changed."));
            if (!verb.GetValue(Answer.DryRun) && verb.GetValue(confirm) != practice) return Task.FromResult(verb.Refused($"This erases \"{practice}\" and its backups for good. Say so with --confirm {practice}. Nothing was changed."));
            return perform(verb, practice, folder.FullName);
        });
        return command;
    }

    /// <summary>First off the network, then the export: nothing can change between the two. Cut off after the export, it goes on with erasing.</summary>
    /// <exception cref="RefusedException">There is no such practice.</exception>
    public static Plan Plan(Layout layout, HostFacts facts, string name, string folder)
    {
        if (!facts.Practices.TryGetValue(name, out var practice)) throw new RefusedException($"There is no practice \"{name}\" here; 'vetfleet list' shows those that are. Nothing was changed.");
        var (export, certificate) = (Path.Combine(folder, name + ".zip"), Path.Combine(folder, name + "-erased.txt"));
        var canExport = practice is { HasData: true, HasUser: true, Release: not null, IsHalfMade: false };
        // Only what was written since nothing could change any more is all there is.
        var isExported = File.Exists(export) && practice.IsSuspended && File.GetLastWriteTimeUtc(export) >= File.GetLastWriteTimeUtc(layout.SuspensionOf(name));
        if (canExport && !isExported && File.Exists(export)) throw new RefusedException($"{export} is there already, and {name} was on the network since. Move it away, or name another folder. Nothing was changed.");
        return new Plan(name,
        [
            .. Suspend.Closed(layout, name),
            .. practice.IsSuspended ? Array.Empty<Step>() : [new Step.Text(layout.SuspensionOf(name), "")],
            .. canExport && !isExported ? Export.Steps(layout, name, export) : [],
            new Step.Act($"certificate {certificate}", () => Certify(name, practice.Hosts, export, certificate, """
                Gelöscht werden auf diesem Rechner die Datenbank mit allen Bildern und Texten, Postausgang, Protokolle und
                Journale der Praxis, ihre Sicherungen und die weggebrachten Kopien, die Schlüssel der Sicherungen, ihre
                Zertifikate, ihre Einstellungen und ihr Benutzerkonto.
                """)),
            .. facts.Routes.Where(route => route.Value == name).Select(route => new Step.Remove(layout.RouteOf(route.Key))),
            .. new Away(layout, facts.Settings.Backups, facts.Settings.BackupDays).Remove(name),
            new Step.Remove(layout.KeyOf(name)),
            new Step.Remove(Path.Combine(layout.Trials, name)),
            new Step.Remove(layout.DataOf(name)),
            .. practice.Hosts.Select(host => new Step.Run("sh", "-c", "rm -rf -- /var/lib/caddy/.local/share/caddy/certificates/*/\"$1\"", "-", host)),
            .. practice.HasUser ? [.. Quota.Freed(facts, name), new Step.Run("userdel", Names.UserOf(name))] : Array.Empty<Step>(),
            // Left by a run that was cut off: userdel takes it along otherwise.
            new Step.Run("sh", "-c", "! getent group \"$1\" >/dev/null || groupdel \"$1\"", "-", Names.UserOf(name)),
            new Step.Remove(layout.Of(name)),
        ])
        { Next = $"Give {export} and {certificate} to the practice, and remove them here." };
    }

    /// <summary>Says on paper what is erased; written once, before anything goes.</summary>
    public static async Task<JsonElement?> Certify(string name, IReadOnlyList<string> hosts, string export, string certificate, string erased)
    {
        if (File.Exists(certificate)) return null;
        var sum = File.Exists(export) ? await Sum(export) : "keiner vorhanden";
        await File.WriteAllTextAsync(certificate, string.Create(CultureInfo.InvariantCulture, $"""
            Bescheinigung über die Löschung

            Praxis: {name} ({string.Join(", ", hosts)})
            Begonnen: {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC
            Export an die Praxis: SHA-256 {sum}

            {erased} Sicherungen, die jemand selbst an anderer Stelle
            aufbewahrt, sind ohne den Wiederherstellungscode der Praxis nicht lesbar.

            Diese Bescheinigung enthält keine Daten von Tierhalterinnen und Tierhaltern.

            """));
        return null;
    }

    private static async Task<string> Sum(string file)
    {
        await using var bytes = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes));
    }
}
