using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Host;

/// <summary>How much of the disk one practice may fill: what its user may, where the file system keeps quotas of users, or on btrfs what its folder may, which is a subvolume.</summary>
/// <param name="Mount">Where the file system begins on which the practices lie.</param>
/// <param name="IsBtrfs">Whether it is one that limits folders instead of users.</param>
/// <param name="Holds">Whether limits hold there.</param>
internal sealed record Quota(string Mount, bool IsBtrfs, bool Holds)
{
    /// <summary>That of the file system on which a folder lies; null where there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mounts">The lines of <c>/proc/mounts</c>.</param>
    /// <param name="btrfs"><c>/sys/fs/btrfs</c>, which tells what no mount option does: whether a btrfs keeps quotas.</param>
    public static Quota? Of(string folder, IEnumerable<string> mounts, string btrfs)
    {
        var mount = mounts.Select(line => line.Split(' ')).Where(line => line.Length > 3 && IsBelow(folder, line[1])).OrderBy(line => line[1].Length).LastOrDefault();
        return mount switch
        {
            [var device, var path, "btrfs", ..] => new Quota(path, IsBtrfs: true, Keeps(btrfs, device)),
            // "quota" alone, or XFS's "uqnoenforce", only count.
            [_, var path, _, var options, ..] => new Quota(path, IsBtrfs: false, options.Split(',').Any(option => option is "usrquota" || option.StartsWith("usrjquota=", StringComparison.Ordinal))),
            _ => null,
        };
    }

    /// <summary>Debian's package that sets limits there, and what it brings.</summary>
    public static (string Program, string Package)? Needs(HostFacts facts) => facts.Quota switch
    {
        { IsBtrfs: true } => ("/usr/bin/btrfs", "btrfs-progs"),
        { Holds: true } => ("/usr/sbin/setquota", "quota"),
        _ => null,
    };

    /// <summary>A practice's folder that is to be made and is not there; one that can be limited, whether limits hold today or not.</summary>
    public static IReadOnlyList<Step> Limitable(HostFacts facts, string folder) => facts.Quota is { IsBtrfs: true }
        ? [new Step.Run("btrfs", "subvolume", "create", folder)]
        : [];

    /// <summary>Sets the limit of a practice that has its folder, as often as one likes.</summary>
    public static IReadOnlyList<Step> Limited(Layout layout, HostFacts facts, string practice) => facts.Quota switch
    {
        { Holds: true, IsBtrfs: true } => [new Step.Run("btrfs", "qgroup", "limit", facts.Settings.Disk, layout.DataOf(practice))],
        { Holds: true } quota => [OfUser(practice, facts.Settings.Disk, quota.Mount)],
        _ => [],
    };

    /// <summary>Takes it away: the next user may get the same number. A subvolume's goes with it.</summary>
    public static IReadOnlyList<Step> Freed(HostFacts facts, string practice) => facts.Quota is { Holds: true, IsBtrfs: false } quota ? [OfUser(practice, "0", quota.Mount)] : [];

    /// <summary>For the operator; empty if there is a limit.</summary>
    public static string Missing(HostFacts facts) => facts.Quota is { Holds: true } ? ""
        : "No practice has a limit on the disk: its file system keeps no quotas, see docs/operating.md.";

    private static Step.Run OfUser(string practice, string most, string mount) => new("setquota", "--user", Names.UserOf(practice), "0", most, "0", "0", mount);

    private static bool Keeps(string btrfs, string device)
    {
        // The system knows a device by its own name, whatever link it was mounted by.
        var name = new FileInfo(device) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.Name : Path.GetFileName(device);
        return Directory.Exists(btrfs) && Directory.EnumerateDirectories(btrfs)
            .Any(one => Directory.Exists(Path.Combine(one, "devices", name)) && Directory.Exists(Path.Combine(one, "qgroups")));
    }

    private static bool IsBelow(string folder, string mount) => mount == "/" || folder == mount || folder.StartsWith(mount + "/", StringComparison.Ordinal);
}
