using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Updates;

/// <summary>Changes the release of a practice while its visitors wait in the socket.</summary>
internal static class Switch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>
    /// The practice stops behind its open front door, is copied as it stands, gets its new release and starts. Whoever comes
    /// meanwhile waits a moment, and nothing is acknowledged that is not in the copy.
    /// </summary>
    public static IReadOnlyList<Step> Steps(Layout layout, Practice practice, string before, string after)
    {
        var (name, copy) = (practice.Name, CopyOf(layout, practice.Name));
        return
        [
            .. practice.Release == after ? [] : new Step[]
            {
                new Step.Act($"put the data of {name} back if a return was cut off", () => PutBack(layout, name)),
                new Step.Act($"note whether {name} is awake", () => NoteAwake(layout, name)),
                new Step.Owned(name, layout.HoldOf(name), ""),
                new Step.Run("systemctl", "stop", Systemd.Service(name)),
                new Step.Remove(copy),
                new Step.Folder(copy, "0700", Names.UserOf(name)),
                new Step.Run("runuser", "-u", Names.UserOf(name), "--", "sh", "-c", "cd -- \"$1\" && for file in practice.db practice.db-wal pages.sums erasures.journal; do [ ! -e $file ] || cp --preserve=timestamps -- $file \"$2\" || exit 1; done", "-", layout.DataOf(name), copy),
                new Step.Link(layout.PinBeforeOf(name), layout.Release(before)),
                new Step.Link(layout.PinOf(name), layout.Release(after)),
            },
            // Whoever came meanwhile has started the release of before: it waits, and goes.
            new Step.Run("systemctl", "stop", Systemd.Service(name)),
            new Step.Remove(layout.HoldOf(name)),
            new Step.Act($"watch {name}", () => Watch(layout, practice)),
            new Step.Remove(copy),
            new Step.Remove(layout.AwakeOf(name)),
        ];
    }

    /// <summary>
    /// Back to the release before. A practice whose new release never came up has acknowledged nothing with it, so its copied
    /// data come back, too; one that did come up keeps its data, and every booking in them. The release changes first: visitors
    /// at the open front door start whatever is pinned, and a bad one would write into what is just being put back.
    /// </summary>
    public static IReadOnlyList<Step> Back(Layout layout, Practice practice, string before)
    {
        var (name, service) = (practice.Name, Systemd.Service(practice.Name));
        return
        [
            new Step.Owned(name, layout.HoldOf(name), ""),
            new Step.Act($"stop {name} and note whether its new release ever answered", () => NoteReturn(layout, name)),
            new Step.Link(layout.PinOf(name), layout.Release(before)),
            new Step.Run("systemctl", "stop", service),
            new Step.Act($"put the data of {name} back if it never did", () => PutBack(layout, name)),
            new Step.Remove(layout.HoldOf(name)),
            new Step.Run("systemctl", "reset-failed", service) { MayFail = true },
            .. practice.IsSuspended ? Array.Empty<Step>() : [new Step.Run("systemctl", "start", Systemd.Socket(name))],
            new Step.Act($"wake {name} if it was awake", () => WakeAgain(layout, name)),
            new Step.Remove(CopyOf(layout, name)),
            new Step.Remove(layout.AwakeOf(name)),
        ];
    }

    /// <summary>Where a practice's data lie as they were before the change.</summary>
    private static string CopyOf(Layout layout, string practice) => Path.Combine(layout.Trials, practice + ".before");

    private static async Task<JsonElement?> NoteAwake(Layout layout, string practice)
    {
        if (await Shown(practice, "ActiveState") == "active") await File.WriteAllTextAsync(layout.AwakeOf(practice), "");
        return null;
    }

    // Who slept is woken for a moment: its first visitor should not be the one who finds out. A suspended one answers nobody.
    private static async Task<JsonElement?> Watch(Layout layout, Practice practice)
    {
        if (practice.IsSuspended) return null;
        await Shell.Run(["systemctl", "start", "--no-block", Systemd.Service(practice.Name)]);
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            if (await Shown(practice.Name, "ActiveState") == "active")
            {
                using var door = new FrontDoor(layout.SocketOf(practice.Name));
                if (await door.IsReady()) return await SleepAgain(layout, practice.Name);
            }
            // It has ended twice: a third time would only keep people waiting.
            if (int.TryParse(await Shown(practice.Name, "NRestarts"), out var restarts) && restarts >= 2) break;
            await Task.Delay(250);
        }
        throw new RefusedException($"{practice.Name} did not become ready; see 'vetfleet logs {practice.Name}'. It goes back to the release before.");
    }

    private static async Task<JsonElement?> NoteReturn(Layout layout, string practice)
    {
        var cameUp = await CameUpSince(practice, new FileInfo(layout.PinOf(practice)).LastWriteTimeUtc);
        await Shell.Run(["systemctl", "stop", Systemd.Service(practice)]);
        if (!cameUp && File.Exists(Path.Combine(CopyOf(layout, practice), "practice.db"))) await File.WriteAllTextAsync(layout.ReturnOf(practice), "");
        return null;
    }

    // Cut off here, the note and the copy are still there, and the practice is held: the same command comes by here again.
    private static async Task<JsonElement?> PutBack(Layout layout, string practice)
    {
        if (!File.Exists(layout.ReturnOf(practice))) return null;
        var ended = await Shell.Run(["runuser", "-u", Names.UserOf(practice), "--", "sh", "-c",
            "cd -- \"$1\" && rm -f practice.db-wal practice.db-shm pages.sums && cp --preserve=timestamps -- \"$2\"/* .", "-", layout.DataOf(practice), CopyOf(layout, practice)]);
        if (ended.Code != 0) throw new RefusedException($"The data of {practice} could not be put back: {ended.LastWords} They lie in {CopyOf(layout, practice)}.");
        File.Delete(layout.ReturnOf(practice));
        return null;
    }

    private static async Task<JsonElement?> WakeAgain(Layout layout, string practice)
    {
        if (File.Exists(layout.AwakeOf(practice))) await Shell.Run(["systemctl", "start", Systemd.Service(practice)]);
        return null;
    }

    // Whoever comes just now is answered first, or wakes it once more.
    private static async Task<JsonElement?> SleepAgain(Layout layout, string practice)
    {
        if (!File.Exists(layout.AwakeOf(practice))) await Shell.Run(["systemctl", "stop", Systemd.Service(practice)]);
        return null;
    }

    private static async Task<string> Shown(string practice, string property) =>
        (await Shell.Run(["systemctl", "show", $"--property={property}", "--value", Systemd.Service(practice)])).Output.Trim();

    // systemd notes when a service last said that it is ready; seconds since the machine's start, like the clock beside it.
    private static async Task<bool> CameUpSince(string practice, DateTime moment) =>
        long.TryParse(await Shown(practice, "ActiveEnterTimestampMonotonic"), out var microseconds) && microseconds > 0
        && DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64) + TimeSpan.FromMicroseconds(microseconds) > moment;
}
