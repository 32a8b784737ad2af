using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Hosts;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Releases;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Updates;
using VetBooking.Fleet.Watching;

namespace VetBooking.Fleet;

/// <summary>All that <c>vetfleet</c> can do.</summary>
internal static class Verbs
{
    public static RootCommand Of(Layout host)
    {
        var root = new RootCommand("vetfleet: many practices on a machine, each on its own.")
        {
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
        };
        OnHosts.Offer(root, host, "list", "status", "check", "update", "rollback", "suspend", "resume", "backup", "rehearse", "grant-support");
        return root;
    }
}
