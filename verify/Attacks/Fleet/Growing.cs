using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>What a host keeps in memory and how long it takes for one more, at fifty practices, a hundred and two hundred: enough to say what a thousand would be.</summary>
internal sealed class Growing(Run run, FleetHost host)
{
    private static readonly int[] Marks = [50, 100, 200];
    private const double Mebi = 1048576;

    private readonly Report report = run.Report;
    private readonly List<(int Practices, double Add, double Asleep, double Init, double Edge, double List)> seen = [];
    private (double Own, double Edge) bare;

    /// <summary>How far to go before the next look, to the last.</summary>
    public static IEnumerable<int> Stages(int practices) => [.. Marks.Where(mark => mark < practices), practices];

    /// <summary>A prepared host that has no practice yet: everything from here on is theirs.</summary>
    public async Task Bare()
    {
        bare = (host.Lab.Memory().Own / Mebi, await Edge());
        report.Figure("bareOwnMiB", Math.Round(bare.Own, 1));
        report.Figure("bareEdgeMiB", Math.Round(bare.Edge, 1));
    }

    /// <summary>With so many practices, all of them asleep.</summary>
    public async Task At(int practices, IReadOnlyList<double> add)
    {
        await host.Sleep(TimeSpan.FromMinutes(3));
        var watch = Stopwatch.StartNew();
        await host.Lab.RunOk("vetfleet list > /dev/null");
        var list = watch.Elapsed.TotalMilliseconds;
        var memory = host.Lab.Memory();
        seen.Add((practices, add.Order().ElementAt(add.Count / 2), (memory.Own / Mebi) - bare.Own, memory.Init / Mebi, await Edge(), list));
        var at = seen[^1];
        report.Figure($"at{practices}", new JsonObject
        {
            ["addMedianMs"] = Math.Round(at.Add),
            ["asleepMiB"] = Math.Round(at.Asleep, 1),
            ["initMiB"] = Math.Round(at.Init, 1),
            ["edgeMiB"] = Math.Round(at.Edge, 1),
            ["kernelMiB"] = Math.Round(memory.Kernel / Mebi, 1),
            ["listMs"] = Math.Round(list),
        });
        report.Say(string.Create(CultureInfo.InvariantCulture, $"{practices} practices: one more takes {at.Add:0} ms; asleep they keep {at.Asleep:0.0} MiB, systemd {at.Init:0.0}, the edge {at.Edge:0.0}"));
        report.Target($"asleepMiBOf{practices}", at.Asleep, 25);
        report.Check($"{practices} sleeping practices keep at most 25 MiB, the edge's share not counted", at.Asleep - (at.Edge - bare.Edge) <= 25, string.Create(CultureInfo.InvariantCulture, $"{at.Asleep:0.0} MiB, the edge's {at.Edge - bare.Edge:0.0}"));
    }

    /// <summary>A line through the last two looks, drawn on to a thousand, and what the host does while all sleep.</summary>
    public async Task Foretell(string demo, string empty)
    {
        if (seen is not [.., var near, var far]) return;
        report.Figure("diskDemoMiB", await Disk(demo));
        report.Figure("diskEmptyMiB", await Disk(empty));
        var before = host.Lab.ProcessorTime();
        await Task.Delay(TimeSpan.FromSeconds(30));
        report.Figure("idlePercentOfCore", Math.Round((host.Lab.ProcessorTime() - before).TotalSeconds / 30 * 100, 2));
        double Line(double first, double second) => Math.Round(second + ((second - first) / (far.Practices - near.Practices) * (1_000 - far.Practices)), 1);
        report.Figure("at1000Foretold", new JsonObject
        {
            ["addMedianMs"] = Line(near.Add, far.Add),
            ["asleepMiB"] = Line(near.Asleep, far.Asleep),
            ["initMiB"] = Line(near.Init, far.Init),
            ["edgeMiB"] = Line(near.Edge, far.Edge),
            ["listMs"] = Line(near.List, far.List),
        });
        report.Check("one more is not dearer by more than a half than it was at the first look", far.Add <= seen[0].Add * 1.5, string.Create(CultureInfo.InvariantCulture, $"{seen[0].Add:0} and {far.Add:0} ms"));
    }

    private async Task<double> Disk(string name) =>
        Math.Round(long.Parse((await host.Lab.RunOk($"du -sk /var/lib/vetbooking/{name} | cut -f1")).Trim(), CultureInfo.InvariantCulture) / 1024.0, 1);

    private async Task<double> Edge() =>
        long.Parse((await host.Lab.RunOk("awk '/RssAnon/ {print $2}' /proc/$(systemctl show caddy --property=MainPID --value)/status")).Trim(), CultureInfo.InvariantCulture) / 1024.0;
}
