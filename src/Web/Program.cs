using System.CommandLine;
using VetBooking.Web.Verbs;
using VetBooking.Web.Verbs.Sovereign;

var verb = new RootCommand("VetBooking: online appointment booking for one veterinary practice.")
{
    ServeVerb.Command(),
    ReadyVerb.Command(),
    DemoVerb.Command(),
    InitVerb.Command(),
    MigrateVerb.Command(),
    CheckVerb.Command(),
    RetainVerb.Command(),
    BackupVerb.Command(),
    VerifyVerb.Command(),
    RehearseVerb.Command(),
    RestoreVerb.Command(),
    ExportVerb.Command(),
    ImportVerb.Command(),
    EraseVerb.Command(),
    SupportVerb.Command(),
    VersionVerb.Command(),
}.Parse(args);
var ended = await verb.InvokeAsync();
return verb.Errors.Count > 0 ? (int)ExitCode.WrongUsage : ended;
