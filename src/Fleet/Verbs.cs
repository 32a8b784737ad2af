using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Hosts;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Releases;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Swarm;
using VetBooking.Fleet.Updates;
using VetBooking.Fleet.Watching;

namespace VetBooking.Fleet;

/// <summary>All that <c>vetfleet</c> can do.</summary>
internal static class Verbs
{
    /// <summary>As a command line wants it: with Swarm the verbs are others.</summary>
    public static RootCommand Of(Layout host, IReadOnlyList<string> words)
    {
        var onSwarm = SwarmVerbs.AreMeant(words);
        var root = new RootCommand("vetfleet: many practices, each on its own.") { SwarmVerbs.Engine, ImageVerb.Command(host) };
        foreach (var command in onSwarm ? SwarmVerbs.All(host) : OnHost(host)) root.Add(command);
        if (!onSwarm) OnHosts.Offer(root, host, "list", "status", "check", "update", "rollback", "suspend", "resume", "backup", "rehearse", "grant-support");
        return root;
    }

    private static IEnumerable<Command> OnHost(Layout host) =>
    [
        Prepare.Command(host),
        Bring.Command(host),
        Add.Command(host),
        Status.List(host),
        Status.Command(host),
        Metrics.Command(host),
        Suspend.Off(host),
        Suspend.On(host),
        Domains.Command(host),
        Backups.Command(host),
        Backups.Rehearsal(host),
        Update.Command(host),
        Rollback.Command(host),
        Restore.Command(host),
        Move.Command(host),
        Export.Command(host),
        Retire.Command(host),
        GrantSupport.Command(host),
        Logs.Command(host),
        Logs.Check(host),
        Wake.Command(host),
    ];
}
