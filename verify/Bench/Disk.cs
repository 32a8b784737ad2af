using System.Diagnostics;

namespace VetBooking.Verify.Bench;

/// <summary>How fast the disk makes things last: what one booking per commit could reach at the very best.</summary>
internal static class Disk
{
    /// <summary>Writes of 16 KB, each with an fsync, per second.</summary>
    public static double FsyncsPerSecond(string folder, TimeSpan time)
    {
        var path = Path.Combine(folder, "fsync");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, options: FileOptions.DeleteOnClose, preallocationSize: 4 << 20);
        var block = new byte[16 * 1024];
        // The file has its size before the measuring starts, like a log that is written over.
        for (var at = 0; at < 4 << 20; at += block.Length) RandomAccess.Write(file, block, at);
        RandomAccess.FlushToDisk(file);
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < time; count++)
        {
            RandomAccess.Write(file, block, (long)count * block.Length % (4 << 20));
            RandomAccess.FlushToDisk(file);
        }
        return count / watch.Elapsed.TotalSeconds;
    }
}
