using System.Globalization;

namespace VetBooking.Fleet.Host;

/// <summary>Whether there is room on a disk for what a verb is about to write: found out before it writes anything.</summary>
internal static class Room
{
    /// <summary>What stays free on the disk of the practices, so that they can go on writing.</summary>
    public const long Reserve = 200_000_000;

    private static readonly string[] Database = ["practice.db", "practice.db-wal"];

    /// <summary>Says what is missing; null if there is room.</summary>
    /// <param name="facts">The host.</param>
    /// <param name="folder">Where it will be written; need not be there yet.</param>
    /// <param name="bytes">How much, the reserve not counted.</param>
    /// <param name="reserve">What must stay free besides.</param>
    public static string? Lack(HostFacts facts, string folder, long bytes, long reserve = Reserve) => facts.Free(folder) is var free && free < bytes + reserve
        ? string.Create(CultureInfo.InvariantCulture, $"The disk of {folder} has {Size(free)} free, and {Size(bytes + reserve)} are needed. Make room there, or give it a larger disk.")
        : null;

    /// <exception cref="RefusedException">There is no room.</exception>
    public static void Expect(HostFacts facts, string folder, long bytes, long reserve = Reserve)
    {
        if (Lack(facts, folder, bytes, reserve) is { } lack) throw new RefusedException($"{lack} Nothing was changed.");
    }

    /// <summary>How large a practice's database is. Read from outside: no file is opened.</summary>
    public static long WeightOf(Layout layout, string practice) =>
        Database.Select(file => new FileInfo(Path.Combine(layout.DataOf(practice), file))).Sum(file => file is { Exists: true, LinkTarget: null } ? file.Length : 0);

    /// <summary>What is free on the disk on which a folder lies, or will lie.</summary>
    public static long FreeAt(string folder)
    {
        var present = Path.GetFullPath(folder);
        while (!Directory.Exists(present)) present = Path.GetDirectoryName(present)!;
        return new DriveInfo(present).AvailableFreeSpace;
    }

    /// <summary>A number of bytes for people.</summary>
    public static string Size(long bytes) => bytes < 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");
}
