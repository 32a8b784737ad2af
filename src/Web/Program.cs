using System.CommandLine;
using VetBooking.Web.Verbs;

var verb = new RootCommand("VetBooking: online appointment booking for one veterinary practice.")
{
    ServeVerb.Command(),
    DemoVerb.Command(),
    InitVerb.Command(),
    MigrateVerb.Command(),
    CheckVerb.Command(),
    RetainVerb.Command(),
    BackupVerb.Command(),
    VerifyVerb.Command(),
    RestoreVerb.Command(),
    EraseVerb.Command(),
    VersionVerb.Command(),
}.Parse(args);
var ended = await verb.InvokeAsync();
return verb.Errors.Count > 0 ? (int)ExitCode.WrongUsage : ended;
