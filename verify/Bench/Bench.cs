using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace VetBooking.Verify.Bench;

/// <summary>
/// Measures the built executable against the targets in docs/performance.md. Whatever is compared is measured in turns, so
/// that a busy minute of the machine falls on both.
/// </summary>
internal sealed class Bench(string executable, string? rules, bool isShort) : IDisposable
{
    // The size that the unit sets; hexadecimal, half a megabyte.
    private const string FirstGeneration = "80000";
    private const int Instances = 50;

    private readonly Figures figures = new();
    private readonly string work = Directory.CreateTempSubdirectory("vetbooking-bench-").FullName;
    private readonly int rounds = isShort ? 1 : 3;
    private readonly int seconds = isShort ? 1 : 3;
    private readonly Random random = new(1);

    public async Task<int> Measure()
    {
        var watch = Stopwatch.StartNew();
        // For the servers it starts; this program's own memory was set up long before.
        Environment.SetEnvironmentVariable("DOTNET_GCgen0size", FirstGeneration);
        Console.Error.WriteLine($"measuring {executable} in {work}");
        await Target.MakeDemo(executable, In("small"));
        await Target.MakeDemo(executable, In("large"), "--size", "large");
        await Target.MakeDemo(executable, In("long"), "--size", "large", "--past", "10");

        Size();
        Start();
        await OneInstance();
        await ManyInstances();
        await Slots();
        await Bookings();
        Rules();
        figures.Print(executable, isShort, watch.Elapsed);
        return 0;
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    private string In(string name) => Path.Combine(work, name);

    private void Size()
    {
        var files = new DirectoryInfo(Path.GetDirectoryName(executable)!).EnumerateFiles("*", SearchOption.AllDirectories);
        figures.AtMost(30, "size of the release", files.Where(file => file.Extension is not (".dbg" or ".pdb")).Sum(file => file.Length) / 1e6, "MB");
    }

    private void Start()
    {
        string[] paths = ["", "buchen", SlotQuestions.One(Facts.Read(Path.Combine(In("large"), "practice.db")), 14)];
        var taken = Startup.Measure(executable, In("large"), paths, isShort ? 5 : 15);
        figures.AtMost(70, "start to first GET /", taken[0].Median(), "ms");
        figures.AtMost(70, "start to first GET /buchen", taken[1].Median(), "ms");
        figures.Add("start to first GET /api/v1/slots, 14 days", taken[2].Median(), "ms");
    }

    private async Task OneInstance()
    {
        using var server = await Serve("large");
        await MustAnswer(server, "buchen");
        var first = Memory.Of(server.Id);
        await Mixed(server, 2000);
        var later = Memory.Of(server.Id);
        Say("one instance, first request", first, isTarget: false);
        Say("one instance, 2,000 requests", later, isTarget: false);
    }

    private async Task ManyInstances()
    {
        var servers = new List<Target>();
        try
        {
            for (var i = 0; i < Instances; i++)
            {
                Copy(In("small"), In($"many-{i}"));
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

    private async Task Bookings()
    {
        var seen = new Dictionary<(string Practice, int Connections), List<LoadResult>>();
        var fsyncs = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var connections in (int[])[1, 16, 64])
            {
                foreach (var practice in (string[])["large", "long"])
                {
                    if (practice == "long" && connections == 1) continue;
                    fsyncs.Add(Disk.FsyncsPerSecond(work, TimeSpan.FromSeconds(0.3)));
                    Copy(In(practice), In("booking"));
                    using (var server = await Serve("booking"))
                    {
                        if (!seen.TryGetValue((practice, connections), out var list)) seen[(practice, connections)] = list = [];
                        list.Add(await BookingRuns.Book(server, connections, connections == 1 ? 1000 : 5000, new Random(round)));
                    }
                    Directory.Delete(In("booking"), recursive: true);
                }
            }
        }
        var fsync = fsyncs.Median();
        figures.Add("writes with one fsync each", fsync, "/s");
        foreach (var ((practice, connections), list) in seen)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"bookings, {connections} connections{(practice == "long" ? ", past x 10" : "")}");
            figures.Add(name, list.Select(one => one.PerSecond(201)).Median(), "/s");
            figures.Add(name + ": p50", list.Select(one => one.Percentile(0.5)).Median(), "ms");
            figures.Add(name + ": p99", list.Select(one => one.Percentile(0.99)).Median(), "ms");
        }
        figures.Add("bookings, 64 connections: booked", seen[("large", 64)].Select(one => (double)one.Count(201)).Median(), "");
        figures.Add("bookings, 64 connections: refused", seen[("large", 64)].Select(one => (double)(one.Count(409) + one.Count(422))).Median(), "");
        figures.AtLeast(10, "bookings, 64 connections: times one fsync each", seen[("large", 64)].Select(one => one.PerSecond(201)).Median() / fsync, "x");
        figures.AtMost(1.1, "bookings, 16 connections: growth of time with past x 10",
            seen[("large", 16)].Zip(seen[("long", 16)], (one, other) => one.PerSecond(201) / other.PerSecond(201)).Median(), "x");
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

    private static async Task Mixed(Target server, int count)
    {
        var facts = Facts.Read(server.Database);
        List<string> paths = ["", "buchen", "impressum", "api/v1/practice", "api/v1/visit-types", .. SlotQuestions.Paths(facts, 14).Take(10), .. SlotQuestions.Paths(facts, 60).Take(5)];
        var requests = Enumerable.Range(0, count).Select(i => Load.Get(server.Url, paths[i % paths.Count])).ToArray();
        var seen = await Load.Run(server.Url, 4, requests);
        if (seen.Count(200) != count) throw new InvalidOperationException($"Not every answer was 200: {string.Join(", ", seen.Statuses)}");
    }

    private static async Task MustAnswer(Target server, string path)
    {
        var (status, _) = await Load.Once(server.Url, path);
        if (status != 200) throw new InvalidOperationException($"GET /{path} answered {status}.");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
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
