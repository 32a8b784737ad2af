using System.Diagnostics;

namespace VetBooking.Verify;

/// <summary>One run of one verb: its seed, its report, the executable under attack and a folder to work in.</summary>
internal sealed class Run(string verb, int seed) : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory($"vetbooking-verify-{verb}-").FullName;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private string? demo;

    public int Seed { get; } = seed;
    public Report Report { get; } = new(verb, seed);

    /// <summary>What the program said when it made the demo practice.</summary>
    public string DemoAnswer { get; private set; } = "";

    public bool Keep { get; init; }

    /// <summary>The one part of the attack that is wanted; all of them, if null.</summary>
    public string? Only { get; init; }

    /// <summary>Nothing of the product is looked at, so none need be there.</summary>
    public bool WithoutProgram { get; init; }

    public TimeSpan Limit { get; set; } = TimeSpan.MaxValue;
    public bool TimeIsUp => watch.Elapsed > Limit;

    public static string Root { get; } = FindRoot();

    public string Executable { get; } = FindExecutable();

    /// <summary>Random choices of one part of the run: the same for the same seed, whatever the other parts do.</summary>
    public Random RandomFor(int part) => new(unchecked(Seed * 1_000_003 + part));

    public async Task<int> Attack(Func<Task> attack)
    {
        try
        {
            if (WithoutProgram)
            {
                await attack();
                return Report.Close();
            }
            if (!File.Exists(Executable)) throw new FileNotFoundException($"There is no {Executable}: run bin/release, or set VETBOOKING.");
            Report.Say($"attacking {Executable}, seed {Seed}, in {work}");
            Report.Figure("executable", Executable);
            demo = Path.Combine(work, "demo");
            DemoAnswer = await Target.MakeDemo(Executable, demo);
            await attack();
        }
        catch (Exception problem)
        {
            // Whatever stopped the run, it did not show what it was to show.
            Report.Check("the run comes to its end", false, problem.ToString());
        }
        return Report.Close();
    }

    /// <summary>A data folder of its own with the demo practice, stopped.</summary>
    public string CopyOfDemo(string name) => Copy(demo!, name);

    /// <summary>A path of this run's own; nothing is there yet.</summary>
    public string PathOf(string name) => Path.Combine(work, name);

    public string Copy(string folder, string name)
    {
        var copy = PathOf(name);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            if (Directory.CreateDirectory(Path.GetDirectoryName(target)!) is var place && !OperatingSystem.IsWindows()) place.UnixFileMode = File.GetUnixFileMode(Path.GetDirectoryName(file)!);
            File.Copy(file, target);
        }
        return copy;
    }

    public void Dispose()
    {
        if (demo is null || (!Keep && !Report.Failed)) Directory.Delete(work, recursive: true);
        else Report.Say($"the data folders are in {work}");
    }

    public static string FindExecutable() => Path.GetFullPath(
        Environment.GetEnvironmentVariable("VETBOOKING") is { Length: > 0 } named
            ? named
            : Path.Combine(Root, "artifacts", "vetbooking", "vetbooking"));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "VetBooking.slnx"))) return folder;
        }
        throw new DirectoryNotFoundException("verify runs inside the repository: no VetBooking.slnx above it.");
    }
}
