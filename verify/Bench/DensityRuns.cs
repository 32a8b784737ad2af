using VetBooking.Verify.Attacks.Sovereign;

namespace VetBooking.Verify.Bench;

/// <summary>
/// What a practice takes of a server, and so costs: the native build beside a conventional one of the same source, which the
/// runtime compiles while it runs. Both are measured in turns and alike.
/// </summary>
internal sealed class DensityRuns(Figures figures, string native, string conventional, string work, bool isShort)
{
    private const string Page = "buchen";

    // The server that the costs are stated for, and what it keeps for itself.
    private const double ServerMegabytes = 16_000, ServerDisk = 160_000, ServerEuros = 20, BaseMegabytes = 1_000, BaseDisk = 10_000;

    // Of a day's practices so many are awake in its busiest minutes; docs/operating.md says what else is assumed.
    private const double AwakeShare = 0.2;

    private readonly int instances = isShort ? 4 : 20;
    private readonly int wakes = isShort ? 3 : 15;

    /// <summary>Measures both.</summary>
    /// <param name="small">The folder of a small practice.</param>
    /// <param name="large">That of a large one.</param>
    /// <param name="asleep">Megabytes of memory that a sleeping practice takes of its host, as <c>bin/verify fleet</c> has it.</param>
    public async Task Measure(string small, string large, double asleep)
    {
        var (mine, other) = (new List<Wake>(), new List<Wake>());
        // Once before it counts: then the files are in memory.
        foreach (var program in (string[])[native, conventional]) Startup.Once(program, small, Page);
        for (var i = 0; i < wakes; i++)
        {
            mine.Add(Startup.Once(native, small, Page));
            other.Add(Startup.Once(conventional, small, Page));
        }
        var disk = await Disk(large);
        figures.Add("a large practice on disk, with 35 backups", disk, "MB");
        var costs = new[]
        {
            (Name: "native", Awake: await Awake("native", native, mine, small)),
            (Name: "conventional", Awake: await Awake("conventional", conventional, other, small)),
        };
        figures.Add("conventional to native: wake", other.Select(wake => wake.Milliseconds).Median() / mine.Select(wake => wake.Milliseconds).Median(), "x");
        figures.Add("conventional to native: processor for a wake", other.Select(wake => wake.Processor).Median() / mine.Select(wake => wake.Processor).Median(), "x");
        figures.Add("conventional to native: memory awake", costs[1].Awake / costs[0].Awake, "x");
        foreach (var (name, awake) in costs)
        {
            Cost($"{name}, asleep unless visited", AwakeShare * awake + asleep, disk);
            Cost($"{name}, always awake", awake, disk);
        }
    }

    private async Task<double> Awake(string name, string program, List<Wake> wakes, string small)
    {
        figures.Add($"{name}: start to the first page", wakes.Select(wake => wake.Milliseconds).Median(), "ms");
        figures.Add($"{name}: processor for that", wakes.Select(wake => wake.Processor).Median(), "ms");
        var servers = new List<Target>();
        try
        {
            for (var i = 0; i < instances; i++)
            {
                var data = Path.Combine(work, $"{name}-{i}");
                Folders.Copy(small, data);
                servers.Add(new Target(program, data));
                await servers[i].Start();
                for (var visit = 0; visit < 20; visit++) await Load.Once(servers[i].Url, Page);
            }
            var mean = Memory.Mean([.. servers.Select(server => Memory.Of(server.Id))]);
            figures.Add($"{name}: memory awake, mean of {instances}, proportional", mean.Proportional, "MB");
            return mean.Proportional;
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
        }
    }

    private async Task<double> Disk(string large)
    {
        var backup = Path.Combine(work, "density.vetbackup");
        await Verbs.MustDo(new Verbs(native).Backup(large, backup));
        return (new DirectoryInfo(large).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) + 35 * new FileInfo(backup).Length) / 1e6;
    }

    private void Cost(string how, double megabytes, double disk)
    {
        var practices = Math.Floor(Math.Min((ServerMegabytes - BaseMegabytes) / megabytes, (ServerDisk - BaseDisk) / disk));
        figures.Add($"{how}: practices on a server of 16 GB, 160 GB, 20 EUR a month", practices, "");
        figures.Add($"{how}: a practice and month", ServerEuros / practices * 100, "ct");
    }
}
