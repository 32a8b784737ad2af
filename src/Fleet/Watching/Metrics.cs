using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Watching;

/// <summary>One number at a time: a gauge in OpenTelemetry's words.</summary>
/// <param name="Name">Like <c>vetbooking.practice.disk</c>.</param>
/// <param name="Unit">By UCUM: <c>By</c>, <c>s</c>, or <c>1</c> for what is counted.</param>
/// <param name="About">One sentence.</param>
internal sealed record Metric(string Name, string Unit, string About)
{
    public required IReadOnlyList<(IReadOnlyList<(string Key, string Value)> Labels, double Value)> Points { get; init; }
}

/// <summary><c>vetfleet metrics</c>: the numbers of the status. Labels are a practice's name on this host, a release, an error code and a unit, nothing else.</summary>
internal static class Metrics
{
    public static Command Command(Layout layout)
    {
        var command = new Command("metrics", "The numbers of the status as OpenMetrics; with --json as one line of OTLP.") { Answer.Json };
        command.SetAction(async (verb, _) =>
        {
            try
            {
                var host = await Look.At(layout, [.. HostFacts.Read(layout).Practices.Values], DateTime.UtcNow);
                Console.Out.Write(verb.GetValue(Answer.Json) ? Otlp.Of(host) + "\n" : OpenMetrics.Of(Of(host)));
                return (int)ExitCode.Done;
            }
            catch (RefusedException refused)
            {
                return verb.Refused(refused);
            }
        });
        return command;
    }

    /// <summary>What is there to be counted; what is not known is left out.</summary>
    public static IReadOnlyList<Metric> Of(SeenHost host)
    {
        var now = host.At;
        return
        [
            new("vetbooking.host.disk.size", "By", "The disk on which the practices lie.") { Points = [([], host.Disk.Size)] },
            new("vetbooking.host.disk.free", "By", "What is free of it.") { Points = [([], host.Disk.Free)] },
            new("vetbooking.host.worries", "1", "What somebody should look after on the host itself.") { Points = [([], host.Worries().Count())] },
            new("vetbooking.host.unit.ok", "1", "Whether one of the host's own units is well.") { Points = [.. host.Units.Select(unit => (Labels(("unit", unit.Unit)), Truth(unit.IsWell)))] },
            new("vetbooking.practice.release", "1", "The release a practice has.") { Points = [.. host.Practices.Where(seen => seen.Practice.Release is not null).Select(seen => (Labels(("practice", seen.Practice.Name), ("release", seen.Practice.Release!)), 1.0))] },
            Each(host, "vetbooking.practice.ok", "1", "Whether a practice is well; asleep is well.", seen => Truth(seen.IsWell)),
            Each(host, "vetbooking.practice.awake", "1", "Whether a practice runs.", seen => Truth(seen.IsAwake)),
            Each(host, "vetbooking.practice.suspended", "1", "Whether a practice was taken off the network.", seen => Truth(seen.Is == "suspended")),
            Each(host, "vetbooking.practice.worries", "1", "What somebody should look after.", seen => seen.Worries(now).Count()),
            Each(host, "vetbooking.practice.restarts", "1", "Restarts after a fault since it was last started.", seen => seen.Restarts),
            Each(host, "vetbooking.practice.memory", "By", "Memory of a practice that is awake.", seen => seen.Memory),
            Each(host, "vetbooking.practice.disk", "By", "Everything in a practice's folder.", seen => seen.Disk),
            Each(host, "vetbooking.practice.backup.age", "s", "Since the newest backup.", seen => (now - seen.Backup)?.TotalSeconds),
            Each(host, "vetbooking.practice.rehearsal.age", "s", "Since a backup was last brought back on trial.", seen => (now - seen.Rehearsal)?.TotalSeconds),
            Each(host, "vetbooking.practice.certificate.left", "s", "Until the certificate of its address ends.", seen => (seen.Certificate?.Until - now)?.TotalSeconds),
            Each(host, "vetbooking.practice.wake.in", "s", "Until a sleeping practice is woken.", seen => (seen.Wakes - now)?.TotalSeconds),
            new("vetbooking.practice.errors", "1", "How often an error code came in the last day.") { Points = [.. host.Practices.SelectMany(seen => seen.Errors.Select(error => (Labels(("practice", seen.Practice.Name), ("code", error.Key)), (double)error.Value)))] },
        ];
    }

    private static Metric Each(SeenHost host, string name, string unit, string about, Func<Seen, double?> number) => new(name, unit, about)
    {
        Points = [.. host.Practices.Select(seen => (seen, number(seen))).Where(pair => pair.Item2 is not null).Select(pair => (Labels(("practice", pair.seen.Practice.Name)), pair.Item2!.Value))],
    };

    private static double Truth(bool holds) => holds ? 1 : 0;

    private static IReadOnlyList<(string Key, string Value)> Labels(params IReadOnlyList<(string Key, string Value)> labels) => labels;
}
