using System.Globalization;
using System.Text.RegularExpressions;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>A moment to be killed at: before the so-manieth of these calls.</summary>
internal sealed record KillPoint(string Call, int Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Call} {Number}");
}

/// <summary>strace: it lists the calls that put something on disk, and kills before one of them.</summary>
internal static partial class Tracer
{
    // Not every machine has each of them; the question mark says that this is no mistake.
    private static readonly string Calls = string.Join(',', new[]
    {
        "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat",
    }.Select(call => "?" + call));

    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace")));

    public static IReadOnlyList<string> Counting(string log) => ["strace", "-f", "-qq", "-o", log, "-e", "trace=" + Calls];

    public static IReadOnlyList<string> Killing(KillPoint point) => ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + point.Call,
        "-e", string.Create(CultureInfo.InvariantCulture, $"inject={point.Call}:signal=SIGKILL:when={point.Number}")];

    /// <summary>Every call of the thread that makes most of them, in order; each is counted by its name, as the tracer counts.</summary>
    public static List<KillPoint> Points(string log)
    {
        var calls = File.ReadLines(log).Select(line => Line().Match(line)).Where(match => match.Success)
            .Select(match => (Thread: match.Groups[1].Value, Call: match.Groups[2].Value)).ToList();
        var busiest = calls.GroupBy(call => call.Thread).MaxBy(group => group.Count())?.Key;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. calls.Where(one => one.Thread == busiest)
            .Select(one => new KillPoint(one.Call, counts[one.Call] = counts.GetValueOrDefault(one.Call) + 1))];
    }

    [GeneratedRegex(@"^(\d+) +(\w+)\(")]
    private static partial Regex Line();
}
