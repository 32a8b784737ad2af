using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Swarm;

/// <summary>
/// Brings files into a practice's volume and out of it, on whatever node it lies, through a container that is made and never
/// started: an image has no shell, and nothing of a practice's runs with more rights than the practice.
/// </summary>
internal static class Carry
{
    /// <summary>The container, with an empty volume for what is carried at /carry.</summary>
    public static IReadOnlyList<Step> Begun(Node node, string practice, string image) =>
    [
        .. Ended(node, practice),
        new Step.Run(Docker.At(node, "create", "--name", Docker.Carry(practice), "--volume", $"{Docker.Volume(practice)}:/data", "--volume", $"{Docker.Carry(practice)}:/carry", image)),
    ];

    public static IReadOnlyList<Step> Ended(Node node, string practice) =>
    [
        new Step.Run(Docker.At(node, "rm", "--force", "--volumes", Docker.Carry(practice))) { MayFail = true },
        new Step.Run(Docker.At(node, "volume", "rm", "--force", Docker.Carry(practice))) { MayFail = true },
    ];

    /// <summary>A file of this machine, to a folder of the practice's; it becomes the practice's own.</summary>
    public static Step In(Node node, string practice, string file, string folder) => new Step.Run(["sh", "-c",
        $"from=$1; shift; tar --create --owner={Docker.User} --group={Docker.User} --mode=0600 --directory \"$(dirname \"$from\")\" -- \"$(basename \"$from\")\" | \"$@\"", "-", file,
        .. Docker.At(node, "cp", "-", $"{Docker.Carry(practice)}:{folder}")]);

    /// <summary>A file of the practice's, to this machine. A link that the practice may have laid there is not taken.</summary>
    public static Step Out(Node node, string practice, string file, string to) => new Step.Run(["sh", "-c",
        "umask 077; to=$1; shift; rm -rf -- \"$to.part\" && \"$@\" \"$to.part\" && [ -f \"$to.part\" ] && [ ! -L \"$to.part\" ] && chmod 0600 \"$to.part\" && mv -T \"$to.part\" \"$to\"", "-", to,
        .. Docker.At(node, "cp", $"{Docker.Carry(practice)}:{file}")]);

    /// <summary>An image of this machine, if the node has not got it yet.</summary>
    public static Step Loaded(Layout layout, Node node, string release, string number) => new Step.Run("sh", "-c",
        $"{string.Join(' ', Docker.At(node, "image", "inspect", number))} >/dev/null 2>&1 || {string.Join(' ', Docker.At(node, "load", "--quiet"))} <\"$1\"", "-", Path.Combine(layout.Images, release + ".tar"));
}
