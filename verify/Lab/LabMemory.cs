using System.Globalization;

namespace VetBooking.Verify.Lab;

/// <summary>What a host keeps in memory, in bytes: systemd alone, all programs' own, the kernel's for them, and everything with files read.</summary>
internal sealed record LabMemory(long Init, long Own, long Kernel, long Total)
{
    public static LabMemory Of(int init)
    {
        var process = string.Create(CultureInfo.InvariantCulture, $"/proc/{init}");
        var resident = File.ReadLines($"{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var group = GroupOf(init, "memory");
        var own = File.ReadLines($"{group}/memory.stat").First(line => line.StartsWith("total_rss ", StringComparison.Ordinal));
        return new(Number(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024, Number(own.Split(' ')[1]),
            Number(File.ReadAllText($"{group}/memory.kmem.usage_in_bytes")), Number(File.ReadAllText($"{group}/memory.usage_in_bytes")));
    }

    /// <summary>The folder of the host's group: that of its process 1, or what lies above the one systemd made for itself.</summary>
    public static string GroupOf(int init, string controller)
    {
        var path = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{init}/cgroup")).Select(line => line.Split(':', 3)).First(line => line[1] == controller)[2];
        var end = path.IndexOf('/', path.IndexOf("/vetbooking-lab.", StringComparison.Ordinal) + 1);
        return $"/sys/fs/cgroup/{controller}" + (end < 0 ? path : path[..end]);
    }

    private static long Number(string text) => long.Parse(text.AsSpan().Trim(), CultureInfo.InvariantCulture);
}
