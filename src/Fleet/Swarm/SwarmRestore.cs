using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet restore --engine swarm</c>: a practice as it was at a backup, where it was or on another node.</summary>
internal static class SwarmRestore
{
    public static Command Command(Layout layout)
    {
        var name = Chosen.One();
        var from = new Option<FileInfo?>("--from") { Description = "The backup. The newest that 'backup' has carried here, if not given." };
        var key = new Option<FileInfo?>("--key") { Description = "A file with the practice's recovery code. The practice's own key, if not given." };
        var on = new Option<string?>("--on") { Description = "Another place, when the node it was on is lost for good. What has been booked since the backup stays behind there." };
        var command = new Command("restore", "Bring a practice back from a backup, where it was or on another node.") { name, from, key, on, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            var practice = facts.Practice(verb.GetRequiredValue(name));
            var backup = verb.GetValue(from) is { } file ? Add.Present(file) : SwarmBackups.Newest(layout, facts.Settings, practice.Name)?.FullName
                ?? throw new RefusedException($"There is no backup of {practice.Name} here; give one with --from. Nothing was changed.");
            return [Plan(layout, facts, practice, verb.GetValue(on) ?? practice.Place, (backup, Add.Present(verb.GetValue(key) ?? new FileInfo(layout.KeyOf(practice.Name)))))];
        }));
        return command;
    }

    /// <summary>The service has nothing to run until the practice is whole at its place; then it is told the place.</summary>
    /// <exception cref="RefusedException">The place is none, or its node is down.</exception>
    public static Plan Plan(Layout layout, SwarmFacts facts, Placed practice, string place, (string File, string Key) backup)
    {
        var (name, node) = (practice.Name, facts.At(place));
        var (service, instance) = (Docker.Service(name), Path.Combine(layout.Trials, name + "-instance", "instance.json"));
        var isElsewhere = place != practice.Place;
        var stopped = facts.Nodes.FirstOrDefault(other => other.Place == practice.Place) is { IsReady: true } old ? old : null;
        return new Plan(name,
        [
            Carry.Loaded(layout, node, practice.Release, practice.Image),
            new Step.Run("docker", "service", "scale", "--detach", $"{service}=0"),
            .. stopped is null ? [] : new[] { Tasks.Down(stopped, name) },
            .. Carry.Begun(node, name, practice.Image),
            .. isElsewhere
                ? [new Step.Folder(Path.GetDirectoryName(instance)!, "0700"), new Step.Text(instance, facts.Settings.InstanceFor(practice.Hosts), "0600"), Carry.In(node, name, instance, "/data"), new Step.Remove(Path.GetDirectoryName(instance)!)]
                : Array.Empty<Step>(),
            .. Brought(layout, name, node, practice.Image, backup),
            .. Carry.Ended(node, name),
            new Step.Run(["docker", "service", "update", "--detach", "--quiet", "--no-resolve-image", "--replicas", "1",
                .. isElsewhere ? ["--constraint-rm", SwarmFacts.Constraint(practice.Place), "--constraint-add", SwarmFacts.Constraint(place)] : Array.Empty<string>(), service]),
            Tasks.Up(name),
        ])
        {
            Undo = [.. Carry.Ended(node, name), new Step.Run("docker", "service", "scale", "--detach", $"{service}=1")],
            Next = $"It is as it was at {Path.GetFileName(backup.File)}; what came later is not in it. All sign-ins have ended."
                + (isElsewhere ? $" If the node at \"{practice.Place}\" ever comes back, remove what it has left: docker volume rm {Docker.Volume(name)}" : ""),
        };
    }

    /// <summary>Lets the practice's program bring it back, in the container's volume at <c>/data</c>.</summary>
    public static IReadOnlyList<Step> Brought(Layout layout, string practice, Node node, string image, (string File, string Key) backup)
    {
        var place = Path.Combine(layout.Trials, practice);
        return
        [
            new Step.Remove(place),
            new Step.Folder(place, "0700"),
            new Step.Run("install", "-m", "0400", backup.File, Path.Combine(place, "backup.vetbackup")),
            new Step.Run("install", "-m", "0400", backup.Key, Path.Combine(place, "recovery-code")),
            Carry.In(node, practice, Path.Combine(place, "backup.vetbackup"), "/carry"),
            Carry.In(node, practice, Path.Combine(place, "recovery-code"), "/carry"),
            new Step.Beside(practice, Docker.Beside(node, practice, image), "restore", "--from", "/carry/backup.vetbackup", "--key", "/carry/recovery-code", "--data", "/data"),
            new Step.Remove(place),
        ];
    }
}
