using System.Globalization;
using System.Net;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>Practices are added, each in a moment, each reached under its own name with its own certificate; cut off anywhere, the same command ends well.</summary>
internal sealed class Adding(Run run, FleetHost host)
{
    private readonly Report report = run.Report;

    private readonly (List<double> Empty, List<double> Demo, List<double> First) took = ([], [], []);
    private readonly HashSet<string> certificates = [];

    /// <summary>Adds some more and visits each; how long it took to add the empty ones, if there are any.</summary>
    public async Task<IReadOnlyList<double>> More(IReadOnlyList<string> names, IReadOnlyList<string> demos)
    {
        var (wrong, unreached, before) = (new List<string>(), new List<string>(), certificates.Count);
        foreach (var name in names)
        {
            var demo = demos.Contains(name);
            var added = await host.Fleet(Command(name, demo));
            if (!added.Done) wrong.Add($"{name}: {added}");
            (demo ? took.Demo : took.Empty).Add(added.Took.TotalMilliseconds);
            if (!demo && added.Subjects is [var subject] && !subject.GetProperty("answers").GetProperty("init").TryGetProperty("setupLink", out _)) wrong.Add($"{name}: no set-up link");
        }
        foreach (var name in names)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            using var visitor = host.Visitor($"{name}.vet.test");
            using var answer = await visitor.GetAsync(new Uri("/", UriKind.Relative));
            took.First.Add(watch.Elapsed.TotalMilliseconds);
            var body = await answer.Content.ReadAsStringAsync();
            // An empty practice says itself that it is not open yet; the edge's own words for a practice that is away are others.
            if (demos.Contains(name) ? answer.StatusCode != HttpStatusCode.OK : !body.Contains("<html", StringComparison.Ordinal) || body.Contains("Gerade nicht erreichbar", StringComparison.Ordinal)) unreached.Add($"{name}: {(int)answer.StatusCode}");
            certificates.Add(host.Certified);
        }
        report.CheckNone($"{names.Count} more practices are added", wrong);
        report.CheckNone("each is reached by its own name over TLS", unreached);
        report.Check("each with a certificate of its own", certificates.Count - before == names.Count, $"{certificates.Count}");
        return took.Empty.Count > 0 ? [.. took.Empty.TakeLast(names.Count)] : took.Demo;
    }

    public async Task Done(string known)
    {
        report.Durations("addMs", took.Empty);
        report.Durations("addDemoMs", took.Demo);
        report.Durations("firstAnswerWithCertificateMs", took.First);
        var median = Median(took.Empty.Count > 0 ? took.Empty : took.Demo);
        report.Target("addMedianMs", median, 1_500);
        report.Check("adding takes at most 3 s in the median", median <= 3_000);
        await Strangers(known);
        await CutOff();
    }

    private async Task Strangers(string known)
    {
        using var stranger = host.Visitor("nobody.vet.test");
        var refused = false;
        try
        {
            using var answer = await stranger.GetAsync(new Uri("/", UriKind.Relative));
        }
        catch (HttpRequestException)
        {
            refused = true;
        }
        report.Check("a name nobody has gets no certificate", refused);
        using var visitor = host.Visitor($"{known}.vet.test");
        using var health = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative));
        report.Check("how a practice is, is not told outside", health.StatusCode == HttpStatusCode.NotFound);
        var taken = await host.Fleet($"add other --host {known}.vet.test --title P --email p@vet.test");
        report.Check("a taken name is refused", taken.Exit == 3, $"{taken}");
        var again = await host.Fleet(Command(known, demo: true));
        report.Check("added twice is added once", again.Done, $"{again}");
    }

    // The operator's program is killed after a random while, then told the same once more.
    private async Task CutOff()
    {
        var random = run.RandomFor(1);
        var problems = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"cut{round}");
            var after = string.Create(CultureInfo.InvariantCulture, $"{0.05 + (random.NextDouble() * 0.9):0.00}");
            await host.Lab.Run($"timeout -s KILL {after} vetfleet {Command(name, demo: true)}");
            var again = await host.Fleet(Command(name, demo: true));
            using var visitor = host.Visitor($"{name}.vet.test");
            var status = again.Done ? (await visitor.GetAsync(new Uri("/buchen", UriKind.Relative))).StatusCode : 0;
            if (status != HttpStatusCode.OK) problems.Add($"killed after {after} s: {again}, {status}");
            var check = await host.Fleet($"check {name}");
            if (!check.Done) problems.Add($"killed after {after} s: {check}");
        }
        report.CheckNone("killed while it adds, the same command once more ends well", problems);
    }

    private static string Command(string name, bool demo) =>
        $"add {name} --host {name}.vet.test {(demo ? "--demo" : $"--title 'Praxis {name}' --email praxis@{name}.vet.test --no-mail-check")}";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
