using System.Globalization;

namespace VetBooking.Verify.Lab;

/// <summary>Cables: without one a host has nobody to talk to. They are gone with either end.</summary>
internal static class LabNetwork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Joins two hosts; each finds the other by its name.</summary>
    public static async Task Join((LabHost Host, string Address) one, (LabHost Host, string Address) other)
    {
        var (there, back) = ($"to-{other.Host.Name}", $"to-{one.Host.Name}");
        await Shell.MustRun(["ip", "link", "add", "name", there, "netns", Text(one.Host.Init), "type", "veth", "peer", "name", back, "netns", Text(other.Host.Init)], Patience);
        await PlugIn(one.Host, there, one.Address, (other.Host.Name, other.Address));
        await PlugIn(other.Host, back, other.Address, (one.Host.Name, one.Address));
    }

    /// <summary>Joins a host to this machine; answers the address at which it is found from here.</summary>
    public static async Task<string> Reach(LabHost host)
    {
        // Of the block kept for measuring networks, four addresses for each process 1 there can be.
        var block = host.Init % 32768 * 4;
        string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"198.{18 + (block >> 16)}.{block >> 8 & 255}.{(block & 255) + number}");
        var here = $"lab{Text(host.Init)}";
        await Shell.MustRun(["ip", "link", "add", "name", here, "type", "veth", "peer", "name", "outside", "netns", Text(host.Init)], Patience);
        await Shell.MustRun(["ip", "address", "add", Address(1) + "/30", "dev", here], Patience);
        await Shell.MustRun(["ip", "link", "set", here, "up"], Patience);
        await host.RunOk($"ip address add {Address(2)}/30 dev outside && ip link set outside up");
        return Address(2);
    }

    private static Task<string> PlugIn(LabHost host, string cable, string address, (string Name, string Address) peer) =>
        host.RunOk($"ip address add {address}/24 dev {cable} && ip link set {cable} up && echo '{peer.Address} {peer.Name}' >> /etc/hosts");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
