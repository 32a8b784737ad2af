using System.Globalization;
using System.Text.Json;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Updates;

/// <summary>
/// A release is tried on a copy of a practice's own data, beside the release it has, in the same sandbox and without a
/// network: what the old one answers is what the new one has to answer. The practice goes on meanwhile.
/// </summary>
internal sealed class Trial(Layout layout, string practice, string before, string after)
{
    private readonly string place = Path.Combine(layout.Trials, practice);

    /// <exception cref="RefusedException">The release does not stand the trial; nothing of the practice was changed.</exception>
    public async Task<JsonElement?> Run()
    {
        // A trial that was cut off may still be running.
        await Away();
        Expect(await Shell.Run(["install", "-d", "-m", "0700", "-o", Names.UserOf(practice), "-g", Names.UserOf(practice), place]), "The place for the trial could not be made");
        try
        {
            var backup = await Copy();
            var old = await Played(before, backup, "before");
            var young = await Played(after, backup, "after");
            if (TrialRun.Difference(old, young) is { } difference) throw new RefusedException($"Release {after} does not stand its trial: {difference} {practice} was not touched.");
            await Keeps(backup);
            return null;
        }
        finally
        {
            await Away();
        }
    }

    private async Task Away()
    {
        foreach (var side in new[] { "before", "after" }) await Shell.Run(["systemctl", "stop", Unit(side)]);
        await Shell.Run(["rm", "-rf", "--", place]);
    }

    private string Executable(string release) => Path.Combine(layout.Release(release), "vetbooking");

    private string Unit(string side) => $"vetbooking-trial-{practice}-{side}.service";

    // A verified backup of this moment, and the key to it, where only the practice's user can read them.
    private async Task<string> Copy()
    {
        var data = layout.DataOf(practice);
        var made = Expect(await Verb(before, [data, place], "backup", "--data", data, "--to", Path.Combine(place, "now.vetbackup")), "No backup could be made");
        Expect(await Shell.Run(["runuser", "-u", Names.UserOf(practice), "--", "cp", "--", Path.Combine(data, "keys", "backup.key"), Path.Combine(place, "recovery-code")]), "The backup's key could not be read");
        return made.GetProperty("file").GetString()!;
    }

    private async Task<TrialRun> Played(string release, string backup, string side)
    {
        var data = Path.Combine(place, side);
        Expect(await Verb(release, [place], "restore", "--from", backup, "--key", Path.Combine(place, "recovery-code"), "--data", data), $"Release {release} could not take the data over");
        var whole = Expect(await Verb(release, [place], "check", "--data", data), $"Release {release} finds the data it took over not sound");
        // Nothing leaves a trial: its mails become files, and it has no network. All its requests are one visitor's, who must not be stopped.
        Expect(await Shell.Run(["runuser", "-u", Names.UserOf(practice), "--", "sh", "-c", "cat >\"$1\"", "-", Path.Combine(data, "instance.json")], "{\"mail\":{\"transport\":\"folder\"},\"limits\":{\"requestsPerBlockAndMinute\":1000000}}"), "The trial's settings could not be written");
        var socket = Path.Combine(place, side + ".sock");
        Expect(await Shell.Run(
        [
            "systemd-run", "--quiet", "--collect", $"--unit={Unit(side)}", $"--property=User={Names.UserOf(practice)}", .. Sandbox.Lines.Select(line => $"--property={line}"),
            "--property=PrivateNetwork=yes", $"--property=ReadWritePaths={place}", "--property=MemoryMax=256M", "--property=TasksMax=64", "--property=RuntimeMaxSec=300",
            "--", Executable(release), "serve", "--data", data, "--urls", $"http://unix:{socket}",
        ]), $"Release {release} could not be started");
        using var door = new FrontDoor(socket);
        var patience = DateTime.UtcNow.AddSeconds(20);
        while (!await door.IsReady())
        {
            if (DateTime.UtcNow > patience || await Shown(side, "ActiveState") is "failed" or "inactive") throw new RefusedException($"Release {release} does not become ready on a copy of the data. {practice} was not touched.");
            await Task.Delay(100);
        }
        var played = await TrialRun.Play(door.Http);
        var memory = Memory(await Shown(side, "ControlGroup"));
        await Shell.Run(["systemctl", "stop", Unit(side)]);
        var mails = (await Shell.Run(["sh", "-c", "ls -- \"$1\" 2>/dev/null | wc -l", "-", Path.Combine(data, "outbox")])).Output.Trim();
        var booked = Expect(await Verb(release, [place], "check", "--data", data), $"Release {release} leaves the data not sound after a booking");
        return played with
        {
            Memory = memory,
            Mails = int.Parse(mails, CultureInfo.InvariantCulture) + Count(booked, "outbox") - Count(whole, "outbox"),
            Appointments = Count(booked, "appointments") - Count(whole, "appointments"),
        };
    }

    // What the old release exports of the copy, the new one exports of it, too: no column may have been lost on the way.
    private async Task Keeps(string backup)
    {
        foreach (var (release, side) in new[] { (before, "kept-before"), (after, "kept-after") })
        {
            var data = Path.Combine(place, side);
            Expect(await Verb(release, [place], "restore", "--from", backup, "--key", Path.Combine(place, "recovery-code"), "--data", data), $"Release {release} could not take the data over");
            Expect(await Verb(release, [place], "export", "--data", data, "--to", data + ".zip"), $"Release {release} could not export");
        }
        if (Kept.Lost(Path.Combine(place, "kept-before.zip"), Path.Combine(place, "kept-after.zip")) is { } lost) throw new RefusedException($"Release {after} loses data: {lost} {practice} was not touched.");
    }

    private Task<Shell.Ended> Verb(string release, IReadOnlyList<string> writable, params string[] arguments) => Shell.Run(Systemd.Locked(practice, writable, [Executable(release), .. arguments, "--json"]));

    private async Task<string> Shown(string side, string property) => (await Shell.Run(["systemctl", "show", $"--property={property}", "--value", Unit(side)])).Output.Trim();

    // What its programs have for themselves, in bytes; files that were read are not theirs.
    private static long Memory(string group)
    {
        var programs = new[] { $"/sys/fs/cgroup/systemd{group}/cgroup.procs", $"/sys/fs/cgroup{group}/cgroup.procs" }.FirstOrDefault(File.Exists);
        return programs is null ? 0 : File.ReadLines(programs).Select(id => $"/proc/{id}/status").Where(File.Exists)
            .SelectMany(File.ReadLines).Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024);
    }

    private static int Count(JsonElement check, string what) => check.TryGetProperty("counts", out var counts) && counts.TryGetProperty(what, out var count) ? count.GetInt32() : 0;

    private static JsonElement Expect(Shell.Ended ended, string otherwise)
    {
        if (ended.Code != 0) throw new RefusedException($"{otherwise}: {ended.LastWords} Nothing was changed.");
        return ended.Output.StartsWith('{') ? JsonDocument.Parse(ended.Output).RootElement.Clone() : default;
    }
}
