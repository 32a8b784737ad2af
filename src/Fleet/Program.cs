using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Releases;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Swarm;
using VetBooking.Fleet.Updates;
using VetBooking.Fleet.Watching;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

var host = new Layout();
var root = new RootCommand("vetfleet: many practices, each on its own.") { SwarmVerbs.Engine, ImageVerb.Command(host) };
foreach (var command in SwarmVerbs.AreMeant(args) ? SwarmVerbs.All(host) : OnOneMachine()) root.Add(command);
var verb = root.Parse(args);
var ended = await verb.InvokeAsync();
return verb.Errors.Count > 0 ? 2 : ended;

IEnumerable<Command> OnOneMachine() =>
[
    Prepare.Command(host),
    Bring.Command(host),
    Add.Command(host),
    Status.List(host),
    Status.Command(host),
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
    Logs.Command(host),
    Logs.Check(host),
    Wake.Command(host),
];
