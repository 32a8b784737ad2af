using System.Globalization;
using System.Runtime.InteropServices;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>
/// While it is there, this program does not wait for a processor. Visitors sit at machines of their own: what a busy host does
/// to the program that plays them would otherwise be taken for what it does to its practices. The same with the harm and without.
/// </summary>
internal sealed class Elsewhere : IDisposable
{
    private const int Other = 0;
    private const int RoundRobin = 2;

    public Elsewhere() => Be(RoundRobin, 1);

    public void Dispose() => Be(Other, 0);

    // New threads are as the one that began them; new programs would be, too, so none is started meanwhile.
    private static void Be(int policy, int priority)
    {
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (sched_setscheduler(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), policy, ref priority) != 0 && Directory.Exists(thread))
                throw new InvalidOperationException($"This machine gives no precedence to a program (error {Marshal.GetLastPInvokeError()}): what would be measured is the visitor's own waiting.");
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // The name is the system's, and there is no marshalling worth generating.
    [DllImport("libc", SetLastError = true)]
    private static extern int sched_setscheduler(int thread, int policy, ref int priority);
#pragma warning restore IDE1006, SYSLIB1054
}
