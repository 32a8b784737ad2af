using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Host;

/// <summary>How much of the disk one practice may fill: what its user may, where the file system keeps quotas of users.</summary>
internal static class Quota
{
    /// <summary>Where the file system begins on which a folder lies, if limits of users hold there; else null.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mounts">The lines of <c>/proc/mounts</c>.</param>
    public static string? MountOf(string folder, IEnumerable<string> mounts)
    {
        var mount = mounts.Select(line => line.Split(' ')).Where(line => line.Length > 3 && IsBelow(folder, line[1])).OrderBy(line => line[1].Length).LastOrDefault();
        // "quota" alone, or XFS's "uqnoenforce", only count.
        return mount is not null && mount[3].Split(',').Any(option => option is "usrquota" || option.StartsWith("usrjquota=", StringComparison.Ordinal)) ? mount[1] : null;
    }

    /// <summary>Sets the limit of a practice's user, as often as one likes.</summary>
    public static IReadOnlyList<Step> Limited(HostFacts facts, string practice) => Set(facts, practice, facts.Settings.Disk);

    /// <summary>Takes it away: the next user may get the same number.</summary>
    public static IReadOnlyList<Step> Freed(HostFacts facts, string practice) => Set(facts, practice, "0");

    /// <summary>For the operator; empty if there is a limit.</summary>
    public static string Missing(HostFacts facts) => facts.Quotas is not null ? ""
        : "No practice has a limit on the disk: its file system keeps no quotas of users, see docs/operating.md.";

    private static IReadOnlyList<Step> Set(HostFacts facts, string practice, string most) => facts.Quotas is { } mount
        ? [new Step.Run("setquota", "--user", Names.UserOf(practice), "0", most, "0", "0", mount)]
        : [];

    private static bool IsBelow(string folder, string mount) => mount == "/" || folder == mount || folder.StartsWith(mount + "/", StringComparison.Ordinal);
}
