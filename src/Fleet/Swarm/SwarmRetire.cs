using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Sovereignty;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet retire --engine swarm</c>: the practice leaves. It takes its data along, and no node keeps anything of it.</summary>
internal static class SwarmRetire
{
    public static Command Command(Layout layout) => Retire.Command((verb, practice, folder) => verb.Perform(layout, async () =>
        [Plan(layout, await SwarmFacts.Read(layout), practice, folder)]));

    /// <summary>The service goes last: until then the same command goes on where it was cut off.</summary>
    /// <exception cref="RefusedException">There is no such practice, or a node that may have something of it is down.</exception>
    public static Plan Plan(Layout layout, SwarmFacts facts, string name, string folder)
    {
        var practice = facts.Practice(name);
        if (facts.Nodes.FirstOrDefault(one => !one.IsReady) is { } down) throw new RefusedException($"{down.Name} is down, and may have something of \"{name}\" that could not be erased. Let it come back, or take it out for good: docker node rm --force {down.Name}. Nothing was changed.");
        var node = facts.At(practice.Place);
        var (export, certificate) = (Path.Combine(folder, name + ".zip"), Path.Combine(folder, name + "-erased.txt"));
        return new Plan(name,
        [
            new Step.Run("docker", "service", "scale", "--detach", $"{Docker.Service(name)}=0"),
            Tasks.Down(node, name),
            // Once there is a certificate, what is left of the data is no practice any more.
            .. File.Exists(certificate) ? [] : Exported(practice, node, export),
            new Step.Act($"certificate {certificate}", () => Retire.Certify(name, practice.Hosts, export, certificate, """
                Gelöscht werden auf allen Rechnern des Verbunds die Datenbank mit allen Bildern und Texten, Postausgang,
                Protokolle und Journale der Praxis, ihre Sicherungen und die weggebrachten Kopien, die Schlüssel der
                Sicherungen und ihr Dienst mit seinen Einstellungen.
                """)),
            .. facts.Nodes.Select(one => Erased(one, name)),
            new Step.Remove(SwarmBackups.Folder(layout, facts.Settings, name)),
            new Step.Remove(layout.KeyOf(name)),
            new Step.Remove(Path.Combine(layout.Trials, name)),
            new Step.Remove(layout.Of(name)),
            new Step.Run("docker", "service", "rm", Docker.Service(name)),
        ])
        { Next = $"Give {export} and {certificate} to the practice, and remove them here." };
    }

    private static IReadOnlyList<Step> Exported(Placed practice, Node node, string export) =>
    [
        .. Carry.Begun(node, practice.Name, practice.Image),
        new Step.Beside(practice.Name, Docker.Beside(node, practice.Name, practice.Image), "export", "--data", "/data", "--to", "/carry/export.zip"),
        Carry.Out(node, practice.Name, "/carry/export.zip", export),
        .. Carry.Ended(node, practice.Name),
    ];

    // Containers that have ended hold their volumes; with the volume goes what it holds.
    private static Step.Run Erased(Node node, string name)
    {
        var docker = string.Join(' ', Docker.At(node));
        return new Step.Run("sh", "-c",
            $"ids=$({docker} ps --all --quiet --filter \"label=com.docker.swarm.service.name=$1\") && {{ [ -z \"$ids\" ] || {docker} rm --force --volumes $ids >/dev/null; }} && for volume in \"$1\" \"$1-carry\" \"$1-trial\"; do {docker} volume rm --force \"$volume\" >/dev/null || exit 1; done", "-", Docker.Service(name));
    }
}
