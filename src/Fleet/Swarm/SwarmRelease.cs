using System.CommandLine;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Releases;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet release --engine swarm</c>: the signed release becomes an image, which every node gets. There is no registry.</summary>
internal static class SwarmRelease
{
    public static Command Command(Layout layout) => Bring.Command((verb, folder, older) => verb.Perform(layout, async () => [Plan(layout, await SwarmFacts.Read(layout), folder, older)]));

    public static Plan Plan(Layout layout, SwarmFacts facts, string folder, bool allowOlder)
    {
        if (!facts.IsPrepared) throw new RefusedException("This swarm is not prepared yet: run 'vetfleet prepare --engine swarm' first. Nothing was changed.");
        var brought = Bring.Plan(layout, [.. facts.Images.Keys.Select(version => ReleaseVersion.Read(version)!)], folder, allowOlder);
        if (brought.Steps.Count == 0) return brought;
        var (version, ready) = (brought.Subject, facts.Nodes.Where(node => node.IsReady).ToList());
        var archive = Path.Combine(layout.Images, version + ".tar");
        return brought with
        {
            Steps =
            [
                new Step.Remove(layout.Release(version)),
                .. brought.Steps,
                new Step.Act($"make the image {archive}", async () =>
                {
                    await Image.Make(layout.Release(version), version, archive);
                    return null as JsonElement?;
                }),
                new Step.Act($"bring it to {string.Join(", ", ready.Select(node => node.Name))}", async () =>
                {
                    var number = Image.NumberOf(archive);
                    foreach (var node in ready)
                        if ((await Runner.Perform(new Plan(node.Name, [Carry.Loaded(layout, node, version, number)]))).Problem is { } problem) throw new RefusedException(problem);
                    return null as JsonElement?;
                }),
            ],
            Next = $"New practices begin with it. The others: vetfleet update --to {version} --all --engine swarm",
        };
    }
}
