using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>One practice does harm in every way; its neighbours are visited before and meanwhile, in turns, so that a noisy machine is noisy for both.</summary>
internal sealed class Isolating(Run run, int neighbours)
{
    // Between two tries it waits in its last step, and would be waited for.
    private const string Stop = "systemctl kill --signal=KILL --kill-who=control vetbooking@bad.service; systemctl stop vetbooking@bad.service; systemctl reset-failed vetbooking@bad.service";

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    private static readonly (string Harm, string Script)[] Harms =
    [
        ("crashes", "exit 1"),
        ("spins", "for i in 1 2 3 4; do (while :; do :; done) & done; wait"),
        ("takesMemory", "head -c 4G /dev/zero | tail"),
        ("floods", "exec yes 'a line that says nothing'"),
        ("fillsItsShare", "cd /var/lib/vetbooking/bad; [ -e ballast ] || cat /dev/zero > ballast; exec python3 -c 'import time\nwhile True:\n try: open(\"more\",\"a\").write(\"more\")\n except OSError: time.sleep(0.001)'"),
        ("opensSockets", "exec python3 -c 'import socket,time\nall=[]\nwhile True:\n try: s=socket.socket(); s.bind((\"127.0.0.1\",0)); s.listen(); all.append(s)\n except OSError: time.sleep(0.01)'"),
    ];

    private readonly Report report = run.Report;

    public async Task Execute(int rounds)
    {
        await using var host = await FleetHost.BootWithDisk(run, "isolate");
        await host.Lab.RunOk("btrfs quota enable /var/lib/vetbooking");
        await host.Prepare("""{"acme":"internal","idleExit":"20m","disk":"100M","instance":{"limits":{"requestsPerBlockAndMinute":1000000}}}""", "0.3.0");
        var names = Enumerable.Range(1, neighbours).Select(number => string.Create(CultureInfo.InvariantCulture, $"n{number}")).Append("bad").ToList();
        foreach (var name in names) report.Check($"{name} is added", (await host.Fleet($"add {name} --host {name}.vet.test --demo")).Done);
        names.Remove("bad");
        await Visit(host, names, TimeSpan.FromSeconds(3));

        foreach (var (harm, script) in Harms)
        {
            await Be(host, script);
            var (quiet, harmed, errors) = await Compare(host, names, rounds);
            report.Say(string.Create(CultureInfo.InvariantCulture, $"{harm}: p95 {quiet:0.0} ms without, {harmed:0.0} with"));
            report.Figure($"{harm}Ratio", Math.Round(harmed / quiet, 2));
            report.CheckNone($"its neighbours answer without a fault while one {harm}", errors);
            report.Check($"and at most a tenth later while one {harm}", harmed <= quiet * 1.1, string.Create(CultureInfo.InvariantCulture, $"p95 {quiet:0.0} and {harmed:0.0} ms"));
        }

        var weight = (await host.Lab.RunOk("du -sm /var/lib/vetbooking/bad | cut -f1")).Trim();
        report.Check("and it had filled its share indeed", int.Parse(weight, CultureInfo.InvariantCulture) is > 90 and <= 105, $"{weight} MB");
        await TriesSeldom(host);
        await host.Lab.RunOk("mkdir -p /etc/systemd/system/vetbooking@bad.service.d && printf '[Service]\\nCPUQuota=\\nTasksMax=infinity\\nSlice=-.slice\\nCPUWeight=10000\\nNice=-15\\n' > /etc/systemd/system/vetbooking@bad.service.d/free.conf && systemctl daemon-reload");
        await Be(host, "for i in $(seq 32); do (while :; do :; done) & done; wait");
        var (before, free, _) = await Compare(host, names, 1);
        report.Figure("controlRatio", Math.Round(free / before, 2));
        report.Check("negative control: without limits its neighbours notice", free > before * 1.5, string.Create(CultureInfo.InvariantCulture, $"p95 {before:0.0} and {free:0.0} ms"));
    }

    private async Task TriesSeldom(FleetHost host)
    {
        await Be(host, "exit 1");
        await host.Lab.Run("systemctl start --no-block vetbooking@bad.service");
        var otherwise = new List<string>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(700);
            // The first three seconds it may have failed for the first time only, or not yet.
            var said = (await host.Fleet("status bad")).Subjects is [var bad] ? bad.GetProperty("state").GetProperty("is").GetString() : null;
            if (said != "failing" && watch.Elapsed > TimeSpan.FromSeconds(3)) otherwise.Add($"{said} after {watch.Elapsed.TotalSeconds:0.0} s");
        }
        var tries = int.Parse((await host.Lab.RunOk("systemctl show --property=NRestarts --value vetbooking@bad.service")).Trim(), CultureInfo.InvariantCulture);
        report.Figure("triesIn20Seconds", tries);
        report.Check("who fails again and again is tried less and less often", tries is >= 3 and <= 5, $"{tries} in 20 s");
        report.CheckNone("and is said to be failing, whether it waits or is tried", otherwise);
    }

    private static async Task Be(FleetHost host, string script)
    {
        await host.Lab.Run(Stop);
        await host.Lab.RunOk("mkdir -p /opt/harm && ln -sfn /opt/harm /etc/vetbooking/practices/bad/release");
        await host.Lab.Write("/opt/harm/vetbooking", $"#!/bin/bash\n{script}\n", "755");
    }

    // In every second round the other way round: what comes and goes on this machine meanwhile falls on both.
    private static async Task<(double Quiet, double Harmed, List<string> Errors)> Compare(FleetHost host, IReadOnlyList<string> names, int rounds)
    {
        var (quiet, harmed, errors) = (new List<double>(), new List<double>(), new List<string>());
        for (var turn = 0; turn < rounds * 2; turn++)
        {
            var isBad = turn % 4 is 1 or 2;
            if (isBad) await host.Lab.Run("systemctl start --no-block vetbooking@bad.service");
            await Task.Delay(1_000);
            var (took, faults) = await Visit(host, names, Turn);
            if (isBad) await host.Lab.Run(Stop);
            (isBad ? harmed : quiet).AddRange(took);
            errors.AddRange(faults);
        }
        return (Tail(quiet), Tail(harmed), errors);
    }

    private static async Task<(IReadOnlyCollection<double> Took, IReadOnlyCollection<string> Errors)> Visit(FleetHost host, IReadOnlyList<string> names, TimeSpan time)
    {
        var (took, errors) = (new ConcurrentBag<double>(), new ConcurrentBag<string>());
        using var elsewhere = new Elsewhere();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(names.Select(async name =>
        {
            using var visitor = host.Visitor($"{name}.vet.test");
            while (watch.Elapsed < time)
            {
                var one = Stopwatch.StartNew();
                try
                {
                    using var answer = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
                    if (!answer.IsSuccessStatusCode) errors.Add($"{name}: {(int)answer.StatusCode}");
                }
                catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
                {
                    errors.Add($"{name}: {problem.Message}");
                }
                took.Add(one.Elapsed.TotalMilliseconds);
                await Task.Delay(40);
            }
        }));
        return (took, errors);
    }

    private static double Tail(List<double> values) => values.Order().ElementAt(values.Count * 95 / 100);
}
