using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Practices;

/// <summary><c>vetfleet prepare</c>: makes a bare Debian machine a host.</summary>
internal static class Prepare
{
    public static Command Command(Layout layout)
    {
        var key = new Option<FileInfo?>("--release-key") { Description = "The public key (PEM) that releases are signed with." };
        var command = new Command("prepare", "Make this machine a host: packages, units, the edge, folders. May be run again after fleet.json has changed.") { key, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts => [Plan(layout, facts, verb.GetValue(key)?.FullName)]));
        return command;
    }

    /// <summary>What is missing, or lies there otherwise than it should.</summary>
    /// <exception cref="RefusedException">Something of somebody else's is in the way.</exception>
    public static Plan Plan(Layout layout, HostFacts facts, string? releaseKey)
    {
        if (releaseKey is null && !File.Exists(layout.ReleaseKey)) throw new RefusedException("Give the public key that releases are signed with: --release-key FILE. Nothing was changed.");
        if (releaseKey is not null && !File.Exists(releaseKey)) throw new RefusedException($"{releaseKey} is not there. Nothing was changed.");
        var files = HostFiles.All(layout, facts.Settings).Where(file => !File.Exists(file.Path) || File.ReadAllText(file.Path) != file.Content).ToList();
        if (files.Select(file => file.Path).FirstOrDefault(IsForeign) is { } foreign) throw new RefusedException($"{foreign} is in the way: somebody else wrote it. Look what it is for, and move it away. Nothing was changed.");
        // A practice finds ICU when it starts; Debian names its package after the version.
        var icu = Directory.EnumerateDirectories("/usr/lib").Any(folder => Directory.EnumerateFiles(folder, "libicuuc.so.*").Any());
        var missing = new (string Program, string Package)?[] { ("/usr/bin/caddy", "caddy"), ("/usr/bin/systemd-run", "systemd"), ("/usr/sbin/runuser", "util-linux"), ("/usr/bin/restic", "restic"), Quota.Needs(facts) }
            .OfType<(string Program, string Package)>().Where(one => !File.Exists(one.Program)).Select(one => one.Package).Concat(icu ? [] : ["$(apt-cache pkgnames libicu | grep -xE 'libicu[0-9]+' | sort -V | tail -1)"]).ToList();
        return new Plan("host",
        [
            .. missing.Count > 0 ? [new Step.Run("apt-get", "update", "-qq"), new Step.Run("sh", "-c", $"DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {string.Join(' ', missing)}")] : Array.Empty<Step>(),
            .. Folders(layout),
            .. Environment.ProcessPath is { } self && self != Layout.Self ? [new Step.Run("install", "-m", "0755", self, Layout.Self)] : Array.Empty<Step>(),
            .. releaseKey is not null ? [new Step.Run("install", "-m", "0644", releaseKey, layout.ReleaseKey)] : Array.Empty<Step>(),
            .. File.Exists(layout.Settings) ? Array.Empty<Step>() : [new Step.Text(layout.Settings, facts.Settings.Text(), "0600")],
            .. files.Select(file => new Step.Text(file.Path, file.Content)),
            .. files.Count > 0
                ? [new Step.Run("systemctl", "daemon-reload"), new Step.Run("systemctl", "enable", "--now", "caddy.service", "vetbooking-wake.timer", "vetbooking-backup.timer", "vetbooking-rehearse.timer", "vetbooking-status.timer"), new Step.Run("systemctl", "restart", "caddy.service")]
                : Array.Empty<Step>(),
            .. facts.Practices.Values.Where(practice => practice.HasUser && facts.DataFolders.Contains(practice.Name)).SelectMany(practice => Quota.Limited(layout, facts, practice.Name)),
        ])
        { Next = $"{Quota.Missing(facts)} Bring a release with 'vetfleet release FILE', then add a practice with 'vetfleet add'.".TrimStart() };
    }

    private static IEnumerable<Step> Folders(Layout layout)
    {
        (string Path, string Mode)[] folders =
        [
            (layout.Practices, "0711"), (layout.ByHost, "0711"), (layout.Releases, "0755"), (layout.Data, "0711"), (layout.Trials, "0711"), (layout.Keys, "0700"),
            (Path.Combine(layout.Units, "sockets.target.wants"), "0755"), (layout.Journal, "0755"), (Path.Combine(Path.GetDirectoryName(layout.EdgeConfiguration)!, "vetbooking.d"), "0755"), (Path.GetDirectoryName(layout.EdgeUnit)!, "0755"),
        ];
        return [.. folders.Select(folder => new Step.Folder(folder.Path, folder.Mode)), new Step.Folder(layout.Page, "0750") { Group = "caddy" }];
    }

    // Debian's own file of the edge is an example and may go.
    private static bool IsForeign(string path) => File.Exists(path) && File.ReadLines(path).FirstOrDefault() is { } first
        && !first.StartsWith(HostFiles.Mark, StringComparison.Ordinal) && !File.ReadAllText(path).Contains("# The Caddyfile is an easy way to configure your Caddy web server.", StringComparison.Ordinal);
}
