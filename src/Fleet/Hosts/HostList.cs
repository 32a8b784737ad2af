using System.Text.RegularExpressions;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Hosts;

/// <summary>A machine of the operator's.</summary>
/// <param name="Name">What the operator calls it.</param>
/// <param name="Destination">What ssh calls it; null is this very machine.</param>
internal sealed record FleetHost(string Name, string? Destination);

/// <summary>
/// <c>/etc/vetbooking/hosts</c>: a line a machine, its name and what ssh calls it, or <c>local</c>. It says where machines are
/// and nothing of what is on them: that, their own folders say.
/// </summary>
internal static partial class HostList
{
    private const string Local = "local";

    /// <exception cref="RefusedException">There is no such file, or a line in it is none.</exception>
    public static IReadOnlyList<FleetHost> Read(Layout layout)
    {
        if (!File.Exists(layout.Hosts)) throw new RefusedException($"There is no {layout.Hosts}. Write a line a machine into it, its name and what ssh calls it: \"oak root@oak.example\", or \"ash local\" for this one. Nothing was changed.");
        var hosts = new List<FleetHost>();
        foreach (var (number, line) in File.ReadLines(layout.Hosts).Index())
        {
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words is not [var name, var destination] || !Name().IsMatch(name) || name == "all" || destination[0] == '-' || hosts.Any(host => host.Name == name))
                throw new RefusedException($"Line {number + 1} of {layout.Hosts} is not a name of its own (small letters, digits, hyphens) and what ssh calls that machine. Nothing was changed.");
            hosts.Add(new FleetHost(name, destination == Local ? null : destination));
        }
        return hosts;
    }

    /// <summary>The machines that were meant: <c>all</c>, or names with commas between them.</summary>
    /// <exception cref="RefusedException">One of them is not in the file.</exception>
    public static IReadOnlyList<FleetHost> Chosen(Layout layout, string words)
    {
        var hosts = Read(layout);
        if (words == "all" && hosts.Count > 0) return hosts;
        return [.. words.Split(',').Distinct().Select(name => hosts.FirstOrDefault(host => host.Name == name)
            ?? throw new RefusedException($"There is no host \"{name}\" in {layout.Hosts}; there are: {string.Join(", ", hosts.Select(host => host.Name))}. Nothing was changed."))];
    }

    /// <summary>What ssh calls the machine a practice is to go to: a name of the file, if there is one.</summary>
    /// <exception cref="RefusedException">It is not in the file, or this machine.</exception>
    public static string DestinationOf(Layout layout, string name) => !File.Exists(layout.Hosts) ? name
        : Chosen(layout, name) is [{ Destination: { } destination }] ? destination
        : throw new RefusedException($"\"{name}\" is not one other machine. Nothing was changed.");

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
