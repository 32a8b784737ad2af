using Microsoft.AspNetCore.Builder;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Demo;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

[assembly: AssemblyFixture(typeof(PracticeFixture))]

namespace VetBooking.Tests.Running;

/// <summary>The demo practice, made once for the whole run. Every test starts the real program on a copy of its own.</summary>
public sealed class PracticeFixture : IDisposable
{
    /// <summary>When the demo practice was made and, unless it says otherwise, a test begins: a Monday at eight.</summary>
    public static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 7, 0);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("practices-");
    private readonly string template;
    private int copies;

    public PracticeFixture()
    {
        template = Path.Combine(root.FullName, "template");
        DemoPractice.Make(new DataFolder(template), DemoSize.Small, Monday);
    }

    /// <summary>A copy of the demo practice's folder.</summary>
    public DataFolder Copy()
    {
        var copy = Path.Combine(root.FullName, $"{Interlocked.Increment(ref copies)}");
        foreach (var file in Directory.GetFiles(template, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return new DataFolder(copy);
    }

    /// <summary>A practice that runs, without bounds against abuse.</summary>
    public Task<RunningPractice> Start() => Start(new Wanted());

    /// <summary>A practice that runs, with everything a test may want otherwise.</summary>
    public Task<RunningPractice> Start(Wanted wanted) => RunningPractice.Start(wanted.Folder ?? Copy(), wanted);

    public void Dispose() => root.Delete(recursive: true);
}

/// <summary>What is different in the practice a test starts.</summary>
public sealed record Wanted
{
    public Instant Now { get; init; } = PracticeFixture.Monday;

    /// <summary>The bounds against abuse; null switches them off.</summary>
    public LimitSettings? Limits { get; init; }

    /// <summary>The address people know.</summary>
    public string PublicUrl { get; init; } = new InstanceSettings().PublicUrl;

    /// <summary>Other names that lead to it.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Hosts in the operator's own network that may be called.</summary>
    public IReadOnlyList<string> AllowPrivate { get; init; } = [];

    /// <summary>Changes the database before the practice starts.</summary>
    public string Sql { get; init; } = "";

    /// <summary>Changes the program before it starts.</summary>
    public Action<WebApplication> Program { get; init; } = _ => { };

    /// <summary>The folder of a practice that is there already.</summary>
    public DataFolder? Folder { get; init; }
}
