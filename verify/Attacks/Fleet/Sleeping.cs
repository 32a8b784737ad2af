using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>A sleeping practice costs next to nothing, wakes for a visitor at once and for what is due in its minute.</summary>
internal sealed class Sleeping(Run run, FleetHost host)
{
    private readonly Report report = run.Report;
    private long asleep;

    public async Task All(IReadOnlyList<string> names, IReadOnlyList<string> demos)
    {
        await host.Sleep(TimeSpan.FromMinutes(3));
        var memory = host.Lab.Memory();
        report.Figure("asleepInitMiB", Math.Round(memory.Init / 1048576.0, 1));
        report.Figure("asleepOwnMiB", Math.Round(memory.Own / 1048576.0, 1));
        asleep = memory.Own;
        await Wakes(demos);
        await Storm(demos);
        await Due(demos[0]);
        await host.Sleep(TimeSpan.FromMinutes(3));
        await Alone(names);
    }

    private async Task Wakes(IReadOnlyList<string> demos)
    {
        var took = new List<double>();
        foreach (var name in demos.Take(20))
        {
            if (await host.IsAwake(name)) continue;
            var watch = Stopwatch.StartNew();
            using var visitor = host.Visitor($"{name}.vet.test");
            using var answer = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
            took.Add(watch.Elapsed.TotalMilliseconds);
            if (answer.StatusCode != HttpStatusCode.OK) report.Check("a sleeping practice answers", false, $"{name}: {(int)answer.StatusCode}");
        }
        report.Durations("wakeMs", took);
        if (took.Count > 0) report.Target("wakeMedianMs", took.Order().ElementAt(took.Count / 2), 150);
        report.Check("a sleeping practice answers within a second in the median", took.Count > 0 && took.Order().ElementAt(took.Count / 2) <= 1_000, $"{took.Count}");
    }

    private async Task Storm(IReadOnlyList<string> demos)
    {
        await host.Sleep(TimeSpan.FromMinutes(3));
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(demos.Select(async name =>
        {
            using var visitor = host.Visitor($"{name}.vet.test");
            using var answer = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
            return ((int)answer.StatusCode, watch.Elapsed.TotalMilliseconds);
        }));
        report.CheckNone($"{demos.Count} woken at once all answer", answers.Where(answer => answer.Item1 != 200).ToList());
        report.Durations("stormMs", answers.Select(answer => answer.Item2));
        report.Check("all of them within 5 s", answers.Max(answer => answer.Item2) <= 5_000);
        var awake = host.Lab.Memory();
        report.Figure("awakeOwnMiB", Math.Round(awake.Own / 1048576.0, 1));
        report.Figure("awakeMiBEach", Math.Round((awake.Own - asleep) / 1048576.0 / demos.Count, 1));
    }

    // A message whose time comes in half a minute, at whatever hour this runs: the practice sleeps by then, and nobody visits it.
    private async Task Due(string name)
    {
        var data = $"/var/lib/vetbooking/{name}";
        await host.Sleep(TimeSpan.FromMinutes(3));
        using (var visitor = host.Visitor($"{name}.vet.test"))
        using (await visitor.GetAsync(new Uri("/buchen", UriKind.Relative)))
        {
            var due = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 30;
            await host.Lab.RunOk(string.Create(CultureInfo.InvariantCulture,
                $"runuser -u vb-{name} -- sqlite3 {data}/practice.db \"PRAGMA busy_timeout=5000; UPDATE practice SET quiet_from = '00:00', quiet_until = '00:00'; INSERT INTO outbox (kind, appointment_id, created_at, due_at) SELECT 'reminder', id, {due} - 30, {due} FROM appointment WHERE state = 'booked' AND email <> '' ORDER BY starts_at DESC LIMIT 1\""));
        }
        await host.Sleep(TimeSpan.FromSeconds(60));
        var left = (await host.Lab.RunOk($"stat -c %Y {data}/wake; date +%s; ls {data}/outbox 2>/dev/null | wc -l")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
        report.Check("who falls asleep leaves the minute in which to be woken", left[0] > left[1] && left[0] - left[1] < 90, $"{string.Join(' ', left)}");
        var sent = 0L;
        var until = DateTime.UtcNow.AddSeconds(120);
        while (sent == 0 && DateTime.UtcNow < until)
        {
            await Task.Delay(500);
            if (long.Parse((await host.Lab.RunOk($"ls {data}/outbox 2>/dev/null | wc -l")).Trim(), CultureInfo.InvariantCulture) > left[2]) sent = long.Parse((await host.Lab.RunOk("date +%s")).Trim(), CultureInfo.InvariantCulture);
        }
        report.Figure("reminderLateSeconds", sent - left[0]);
        report.Check("a reminder of a sleeping practice leaves within a minute of its time", sent > 0 && sent - left[0] <= 61, $"{sent - left[0]} s");
    }

    private async Task Alone(IReadOnlyList<string> names)
    {
        await host.Lab.RunOk("sync");
        var memory = host.Lab.Memory();
        // Beyond the base system: everything but the edge, which serves all of them, and what a machine without practices has.
        var edge = long.Parse((await host.Lab.RunOk("awk '/VmRSS/ {print $2}' /proc/$(systemctl show caddy --property=MainPID --value)/status")).Trim(), CultureInfo.InvariantCulture) * 1024;
        report.Figure("edgeMiB", Math.Round(edge / 1048576.0, 1));
        report.Figure("asleepAgainInitMiB", Math.Round(memory.Init / 1048576.0, 1));
        var started = await host.Lab.RunOk("systemctl list-units --no-legend --plain 'vetbooking@*.socket' | wc -l");
        report.Check("every practice is listened for", int.Parse(started.Trim(), CultureInfo.InvariantCulture) >= names.Count, started);
    }
}
