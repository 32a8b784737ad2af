using System.Diagnostics;

namespace VetBooking.Verify.Lab;

/// <summary>The root file system every host begins with: made once, by root.sh, and kept in $VETBOOKING_LAB or artifacts/lab.</summary>
internal static class LabRoot
{
    private static readonly SemaphoreSlim Once = new(1);
    private static readonly Dictionary<string, string> Made = [];

    /// <summary>How long it took to make, or to find that it is there.</summary>
    public static TimeSpan Took { get; private set; }

    public static string Folder { get; } = Environment.GetEnvironmentVariable("VETBOOKING_LAB") is { Length: > 0 } named
        ? named
        : Path.Combine(Run.Root, "artifacts", "lab");

    public static string Script(string name) => Path.Combine(Run.Root, "verify", "Lab", name);

    /// <summary>The root's folder; more packages than a host has by itself make another root.</summary>
    public static async Task<string> Ready(IReadOnlyList<string> packages, CancellationToken stop)
    {
        await Once.WaitAsync(stop);
        try
        {
            var watch = Stopwatch.StartNew();
            var key = string.Join(' ', packages);
            if (!Made.TryGetValue(key, out var made))
            {
                if (!Environment.IsPrivilegedProcess) throw new InvalidOperationException("The lab boots machines of its own: run it as root.");
                Made[key] = made = (await Shell.MustRun([Script("root.sh"), Folder, .. packages], TimeSpan.FromMinutes(15), stop)).Trim();
                Took = watch.Elapsed;
            }
            return made;
        }
        finally
        {
            Once.Release();
        }
    }
}
