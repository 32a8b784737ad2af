using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Updates;

namespace VetBooking.Fleet.Watching;

/// <summary>Looks at a host and its practices: systemd, the times and sizes of files, the edge's certificates, the journal's numbers.</summary>
internal static class Look
{
    /// <summary>The host's own units; those with a timer have one of the same name.</summary>
    private static readonly string[] Units = ["caddy.service", "vetbooking-wake.service", "vetbooking-backup.service", "vetbooking-rehearse.service", "vetbooking-status.service"];

    public static string Version { get; } = typeof(Look).Assembly.GetName().Version!.ToString(3);

    /// <summary>The host itself, and these practices.</summary>
    public static async Task<SeenHost> At(Layout layout, IReadOnlyList<Practice> practices, DateTime now)
    {
        var units = await Shown(practices.Select(practice => Systemd.Service(practice.Name)), "Id,ActiveState,SubState,Result,NRestarts,MemoryCurrent");
        var errors = await ErrorCodes.LastDay();
        var own = await Shown([.. Units, .. Units.Select(Timer)], "Id,ActiveState,Result,ExecMainExitTimestamp,NextElapseUSecRealtime");
        var disk = Directory.Exists(layout.Data) ? new DriveInfo(layout.Data) : null;
        return new SeenHost(Environment.MachineName, now)
        {
            Version = Version,
            Practices = await Task.WhenAll(practices.Select(practice => Of(layout, practice, units.GetValueOrDefault(Systemd.Service(practice.Name)) ?? [], errors.GetValueOrDefault(practice.Name)))),
            Units = [.. Units.Select(unit => Of(unit, own))],
            Disk = (disk?.TotalSize ?? 0, disk?.AvailableFreeSpace ?? 0),
        };
    }

    private static async Task<Seen> Of(Layout layout, Practice practice, IReadOnlyDictionary<string, string> unit, IReadOnlyDictionary<string, int>? errors)
    {
        var (name, active) = (practice.Name, unit.GetValueOrDefault("ActiveState"));
        var (result, restarts) = (unit.GetValueOrDefault("Result"), int.TryParse(unit.GetValueOrDefault("NRestarts"), out var times) ? times : 0);
        // Before it is tried again it waits in its last step, and while it is, it is no better yet.
        var isFailing = active == "failed" || (active == "activating" && restarts > 0) || (unit.GetValueOrDefault("SubState"), result) is ("auto-restart", _) or ("stop-post", not "success");
        var isAwake = active == "active";
        return new Seen(practice)
        {
            Is = practice switch
            {
                { IsWhole: false } => "half",
                { IsSuspended: true } => "suspended",
                _ when isFailing => "failing",
                _ when isAwake => await Answers(layout.SocketOf(name)) ? "awake" : "ill",
                _ => "asleep",
            },
            Reason = isFailing && result != "success" ? result : null,
            Restarts = restarts,
            Memory = isAwake && long.TryParse(unit.GetValueOrDefault("MemoryCurrent"), out var memory) ? memory : null,
            Disk = Weight(layout.DataOf(name)),
            Backup = Backups.Newest(layout, name),
            HasChanged = !Backups.IsUnchanged(layout, name),
            Rehearsal = File.Exists(layout.RehearsedOf(name)) ? File.GetLastWriteTimeUtc(layout.RehearsedOf(name)) : null,
            Certificate = practice.Hosts is [var address, ..] ? Certified(layout, address) : null,
            Wakes = isAwake ? null : Wake.Of(layout, name),
            Errors = errors ?? new Dictionary<string, int>(),
        };
    }

    /// <summary>From when until when the newest certificate that the edge has for a name holds.</summary>
    public static (DateTime From, DateTime Until)? Certified(Layout layout, string host)
    {
        if (!Directory.Exists(layout.Certificates)) return null;
        (DateTime From, DateTime Until)? newest = null;
        foreach (var file in Directory.EnumerateDirectories(layout.Certificates).Select(authority => Path.Combine(authority, host, host + ".crt")).Where(File.Exists))
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            if (newest is null || certificate.NotBefore.ToUniversalTime() > newest.Value.From) newest = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        }
        return newest;
    }

    private static SeenUnit Of(string unit, Dictionary<string, Dictionary<string, string>> own)
    {
        var (said, timer) = (own.GetValueOrDefault(unit) ?? [], own.GetValueOrDefault(Timer(unit)) ?? []);
        // The edge is to run; the others run and end.
        var result = said.GetValueOrDefault("Result", "unknown");
        return new SeenUnit(unit, unit == "caddy.service" && said.GetValueOrDefault("ActiveState") != "active" ? $"{said.GetValueOrDefault("ActiveState")}, {result}" : result)
        {
            Ended = Moment(said.GetValueOrDefault("ExecMainExitTimestamp")),
            Next = Moment(timer.GetValueOrDefault("NextElapseUSecRealtime")),
        };
    }

    private static string Timer(string unit) => Path.ChangeExtension(unit, ".timer");

    private static async Task<Dictionary<string, Dictionary<string, string>>> Shown(IEnumerable<string> units, string properties)
    {
        var wanted = units.ToList();
        if (wanted.Count == 0) return [];
        return Read((await Shell.Run(["env", "TZ=UTC", "LC_ALL=C", "systemctl", "show", $"--property={properties}", .. wanted])).Output);
    }

    /// <summary>Reads what <c>systemctl show</c> says of several units, by their names.</summary>
    public static Dictionary<string, Dictionary<string, string>> Read(string shown) =>
        shown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]))
            .Where(unit => unit.ContainsKey("Id")).DistinctBy(unit => unit["Id"]).ToDictionary(unit => unit["Id"]);

    /// <summary>Reads a moment as systemd writes it in UTC; null for never. With <c>--timestamp=unix</c> it writes some of them so all the same.</summary>
    public static DateTime? Moment(string? text) =>
        DateTime.TryParseExact(text, "ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

    private static async Task<bool> Answers(string socket)
    {
        using var door = new FrontDoor(socket);
        return await door.IsReady();
    }

    private static long Weight(string folder)
    {
        var sum = 0L;
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })) sum += file.Length;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Practices write and remove files meanwhile; the next look has the whole sum.
        }
        return sum;
    }
}
