using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace VetBooking.Verify.Bench;

/// <summary>
/// Measures the built executable against the targets in docs/performance.md. Whatever is compared is measured in turns, so
/// that a busy minute of the machine falls on both.
/// </summary>
internal sealed class Bench(string executable, string? rules, bool isShort, BenchParts parts) : IDisposable
{
    private const int Instances = 50;

    private readonly Figures figures = new();
    private readonly string work = Directory.CreateTempSubdirectory("vetbooking-bench-").FullName;
    private readonly int rounds = isShort ? 1 : 3;
    private readonly int seconds = isShort ? 1 : 3;
    private string[] pages = [];

    public async Task<int> Measure()
    {
        var watch = Stopwatch.StartNew();
        // For the servers it starts; this program's own memory was set up long before.
        foreach (var setting in parts.Environment) Environment.SetEnvironmentVariable(setting.Split('=')[0], setting.Split('=')[1]);
        Console.Error.WriteLine($"measuring {executable} in {work}");
        figures.Add("load average before the run", double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture), "");
        await Target.MakeDemo(executable, In("small"));
        await Target.MakeDemo(executable, In("large"), "--size", "large");
        await Target.MakeDemo(executable, In("long"), "--size", "large", "--past", "10");

        pages = await Pages();
        if (Wants("size")) Size();
        if (Wants("start")) Start();
        if (Wants("memory")) await OneInstance();
        if (Wants("memory")) await ManyInstances();
        if (Wants("slots")) await Slots();
        if (Wants("bookings")) await new BookingRuns(figures, executable, work, isShort ? 1 : 5).Measure();
        if (Wants("boards")) await new BoardRuns(figures, executable, work, isShort).Measure();
        if (Wants("search")) await new SearchRuns(figures, executable, work, isShort).Measure();
        if (Wants("sovereign")) await new SovereignRuns(figures, executable, work, isShort ? 2 : 7).Measure();
        if (Wants("density") && parts.Conventional is { } conventional) await new DensityRuns(figures, executable, conventional, work, isShort).Measure(In("small"), In("large"), parts.Asleep);
        if (Wants("rules")) Rules();
        figures.Print(executable, isShort, watch.Elapsed);
        return 0;
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    private bool Wants(string part) => parts.Only.Length == 0 || parts.Only.Contains(part);

    private string In(string name) => Path.Combine(work, name);

    private void Size()
    {
        var files = new DirectoryInfo(Path.GetDirectoryName(executable)!).EnumerateFiles("*", SearchOption.AllDirectories);
        figures.AtMost(30, "size of the release", files.Where(file => file.Extension is not (".dbg" or ".pdb")).Sum(file => file.Length) / 1e6, "MB");
    }

    private void Start()
    {
        string[] paths = [.. pages.Where(page => page is "" or "buchen"), SlotQuestions.One(Facts.Read(Path.Combine(In("large"), "practice.db")), 14)];
        var taken = Startup.Measure(executable, In("large"), paths, isShort ? 5 : 15);
        for (var i = 0; i < paths.Length - 1; i++) figures.AtMost(70, "start to first GET /" + paths[i], taken[i].Median(), "ms");
        figures.Add("start to first GET /api/v1/slots, 14 days", taken[^1].Median(), "ms");
    }

    /// <summary>The pages that are there; one that is not is said, and not measured.</summary>
    private async Task<string[]> Pages()
    {
        using var server = await Serve("small");
        var there = new List<string>();
        foreach (var page in (string[])["", "buchen", "impressum"])
        {
            var (status, _) = await Load.Once(server.Url, page);
            if (status == 200) there.Add(page);
            else Console.Error.WriteLine($"GET /{page} answers {status}: not measured");
        }
        return [.. there];
    }

    private async Task OneInstance()
    {
        using var server = await Serve("large");
        await MustAnswer(server, "buchen");
        var first = Memory.Of(server.Id);
        await Mixed(server, 2000);
        var later = Memory.Of(server.Id);
        Say("one instance, first request", first, isTarget: false);
        figures.AtMost(50, "one instance, 2,000 requests: resident", later.Resident, "MB");
        figures.Add("one instance, 2,000 requests: anonymous", later.Anonymous, "MB");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await Mixed(server, 6000);
        Say("one instance, 8,000 requests", Memory.Of(server.Id), isTarget: false);
    }

    private async Task ManyInstances()
    {
        var servers = new List<Target>();
        try
        {
            for (var i = 0; i < Instances; i++)
            {
                Folders.Copy(In("small"), In($"many-{i}"));
                servers.Add(await Serve($"many-{i}"));
                await MustAnswer(servers[i], "buchen");
            }
            Say($"mean of {Instances}, first request", Memory.Mean([.. servers.Select(server => Memory.Of(server.Id))]), isTarget: false);
            foreach (var server in servers) await Mixed(server, isShort ? 100 : 2000);
            Say($"mean of {Instances}, {(isShort ? "100" : "2,000")} requests each", Memory.Mean([.. servers.Select(server => Memory.Of(server.Id))]), isTarget: true);
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
        }
    }

    private async Task Slots()
    {
        using var large = await Serve("large");
        using var longer = await Serve("long");
        var facts = Facts.Read(large.Database);
        var seen = new Dictionary<(string Practice, int Days, int Connections), List<(double PerSecond, double P50, double P99)>>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (days, connections) in ((int, int)[])[(14, 1), (14, 16), (60, 1), (60, 16)])
            {
                foreach (var (name, server) in ((string, Target)[])[("large", large), ("long", longer)])
                {
                    if (!seen.TryGetValue((name, days, connections), out var list)) seen[(name, days, connections)] = list = [];
                    list.Add(await SlotQuestions.Ask(server.Url, SlotQuestions.Paths(facts, days), connections, seconds, work));
                }
            }
        }
        foreach (var ((practice, days, connections), list) in seen)
        {
            var (perSecond, p50, p99) = (list.Select(one => one.PerSecond).Median(), list.Select(one => one.P50).Median(), list.Select(one => one.P99).Median());
            var name = string.Create(CultureInfo.InvariantCulture, $"slots, {days} days, {connections} connections{(practice == "long" ? ", past x 10" : "")}");
            if ((practice, days, connections) == ("large", 14, 1)) figures.AtMost(1, name + ": p50", p50, "ms");
            else figures.Add(name + ": p50", p50, "ms");
            figures.Add(name + ": p99", p99, "ms");
            if ((practice, days, connections) == ("large", 14, 16)) figures.AtLeast(5000, name, perSecond, "/s");
            else figures.Add(name, perSecond, "/s");
        }
        foreach (var days in (int[])[14, 60])
        {
            figures.AtMost(1.1, $"slots, {days} days: growth of p50 with past x 10",
                seen[("long", days, 1)].Zip(seen[("large", days, 1)], (one, other) => one.P50 / other.P50).Median(), "x");
        }
    }

    private void Rules()
    {
        if (rules is null) return;
        using var program = Process.Start(new ProcessStartInfo(rules) { RedirectStandardOutput = true })!;
        using var answer = JsonDocument.Parse(program.StandardOutput.ReadToEnd());
        program.WaitForExit();
        foreach (var one in answer.RootElement.EnumerateObject()) figures.AtMost(200, $"the rules alone, 60 days, {one.Name} resources", one.Value.GetDouble(), "µs");
    }

    private async Task<Target> Serve(string name)
    {
        var server = new Target(executable, In(name));
        await server.Start();
        return server;
    }

    private async Task Mixed(Target server, int count)
    {
        var facts = Facts.Read(server.Database);
        List<string> paths = [.. pages, "api/v1/practice", "api/v1/visit-types", .. SlotQuestions.Paths(facts, 14).Take(10), .. SlotQuestions.Paths(facts, 60).Take(5)];
        var requests = Enumerable.Range(0, count).Select(i => Load.Get(server.Url, paths[i % paths.Count])).ToArray();
        var seen = await Load.Run(server.Url, 4, requests);
        if (seen.Count(200) != count) throw new InvalidOperationException($"Not every answer was 200: {string.Join(", ", seen.Statuses)}");
    }

    private static async Task MustAnswer(Target server, string path)
    {
        var (status, _) = await Load.Once(server.Url, path);
        if (status != 200) throw new InvalidOperationException($"GET /{path} answered {status}.");
    }

    private void Say(string when, Memory memory, bool isTarget)
    {
        if (isTarget)
        {
            figures.AtMost(50, when + ": resident", memory.Resident, "MB");
            figures.AtMost(18, when + ": proportional", memory.Proportional, "MB");
        }
        else
        {
            figures.Add(when + ": resident", memory.Resident, "MB");
            figures.Add(when + ": proportional", memory.Proportional, "MB");
        }
        figures.Add(when + ": anonymous", memory.Anonymous, "MB");
    }
}

/// <summary>What is measured (everything, if nothing is named), and what is set in the environment of the servers.</summary>
internal sealed record BenchParts(string[] Only, string[] Environment)
{
    /// <summary>The conventional build; without it no density is measured.</summary>
    public string? Conventional { get; init; }

    /// <summary>Megabytes that a sleeping practice takes of its host.</summary>
    public double Asleep { get; init; }
}
