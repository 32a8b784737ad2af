using VetBooking.Web.Instructions;
using VetBooking.Web.Prices;
using VetBooking.Web.Machines;
using VetBooking.Web.Protection;
using VetBooking.Web.Questions;
using VetBooking.Web.Setup.Emergency;
using VetBooking.Web.Setup.FirstSteps;
using VetBooking.Web.Setup.Help;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.Setup.Particulars;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Setup.RedFlags;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Sovereignty.Exports;
using VetBooking.Web.Sovereignty.Inspection;
using VetBooking.Web.Sovereignty.Papers;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Voice;
using VetBooking.Web.Voice.Look;
using VetBooking.Web.Website;

namespace VetBooking.Web.Setup;

/// <summary>The addresses of the settings, the first steps and the handbook.</summary>
internal static class SettingsRoutes
{
    public static void Map(RouteGroupBuilder praxis)
    {
        MapSettings(praxis.MapGroup("/einstellungen").For(Right.Manage));
        // What it removes does not come back.
        var retention = praxis.MapGroup("/einstellungen/aufbewahrung").For(Right.Manage, proved: true);
        retention.MapGet("", RetentionPages.Show);
        retention.MapPost("", RetentionPages.Save);
        MapBackups(praxis.MapGroup("/einstellungen/sicherung"));
        // They let programs in, or tell them things.
        MachineRoutes.MapSettings(praxis.MapGroup("/einstellungen").For(Right.Manage, proved: true));
        VoiceRoutes.Map(praxis);
        WebsiteRoutes.MapSettings(praxis.MapGroup("/einstellungen/webseite").For(Right.Manage));
        LookRoutes.Map(praxis);
        MapFirstSteps(praxis.MapGroup("/einrichtung").For(Right.Manage));
        MapHelp(praxis.MapGroup("/hilfe").For(Right.Read));
    }

    private static void MapSettings(RouteGroupBuilder settings)
    {
        settings.MapGet("", SettingsPages.Show);
        settings.MapGet("/unterlagen", PaperPages.List);
        settings.MapPost("/unterlagen", PaperPages.Settle);
        settings.MapGet("/unterlagen/{kind}", PaperPages.Show);
        settings.MapGet("/angaben", ParticularsPages.Show);
        settings.MapPost("/angaben", ParticularsPages.Save);
        settings.MapGet("/oeffnungszeiten", OpeningPages.List);
        settings.MapGet("/oeffnungszeiten/{id}", OpeningPages.Show);
        settings.MapPost("/oeffnungszeiten/{id}", OpeningPages.Save);
        settings.MapGet("/schliesstage", ClosurePages.List);
        settings.MapGet("/schliesstage/{id}", ClosurePages.Show);
        settings.MapPost("/schliesstage/{id}", ClosurePages.Save);
        settings.MapGet("/feiertage", HolidayPages.List);
        settings.MapGet("/feiertage/land", HolidayPages.Show);
        settings.MapPost("/feiertage/land", HolidayPages.Save);
        settings.MapGet("/notdienst", DutyPages.List);
        settings.MapGet("/notdienst/{id}", DutyPages.Show);
        settings.MapPost("/notdienst/{id}", DutyPages.Save);
        settings.MapGet("/tierarten", RulePages.ShowSpecies);
        settings.MapPost("/tierarten", RulePages.SaveSpecies);
        settings.MapGet("/regeln", RulePages.Show);
        settings.MapPost("/regeln", RulePages.Save);
        settings.MapGet("/anliegen", VisitTypePages.List);
        settings.MapGet("/katalog", VisitTypePages.ShowCatalogue);
        settings.MapGet("/anliegen/{id}", VisitTypePages.Show);
        settings.MapPost("/anliegen/{id}", VisitTypePages.Save);
        settings.MapGet("/warnzeichen", RedFlagPages.List);
        settings.MapPost("/freigabe", RedFlagPages.Approve);
        settings.MapGet("/warnzeichen/{id}", RedFlagPages.Show);
        settings.MapPost("/warnzeichen/{id}", RedFlagPages.Save);
        settings.MapGet("/hinweise", InstructionPages.List);
        settings.MapGet("/hinweise/{id}", InstructionPages.Show);
        settings.MapPost("/hinweise/{id}", InstructionPages.Save);
        settings.MapGet("/preise", PricePages.List);
        settings.MapGet("/preise/{id}", PricePages.Show);
        settings.MapPost("/preise/{id}", PricePages.Save);
        settings.MapGet("/fragen", QuestionPages.List);
        settings.MapGet("/fragen/{id}", QuestionPages.Show);
        settings.MapPost("/fragen/{id}", QuestionPages.Save);
        foreach (var (path, _) in ResourcePages.Kinds) MapResources(settings.MapGroup("/" + path));
    }

    private static void MapBackups(RouteGroupBuilder backups)
    {
        var see = backups.MapGroup("").For(Right.Manage);
        see.MapGet("", BackupPages.Show);
        see.MapPost("/jetzt", BackupPages.Now);
        see.MapPost("/probe", BackupPages.Rehearse);
        // Everything leaves the house, or can be opened: only for who has just shown who they are.
        var hold = backups.MapGroup("").For(Right.Manage, proved: true);
        hold.MapPost("/datei/{name}", BackupPages.Fetch);
        hold.MapPost("/auszug", ExportPages.Fetch);
        hold.MapGet("/einblick", InspectionPages.Show);
        hold.MapPost("/einblick", InspectionPages.Look);
        hold.MapGet("/plan", BackupPages.ShowPlan);
        hold.MapPost("/plan", BackupPages.SavePlan);
        hold.MapGet("/schluessel", BackupPages.ShowCode);
        hold.MapPost("/schluessel", BackupPages.Rotate);
    }

    private static void MapResources(RouteGroupBuilder resources)
    {
        resources.MapGet("", ResourcePages.List);
        resources.MapGet("/{id}", ResourcePages.Show);
        resources.MapPost("/{id}", ResourcePages.Save);
        resources.MapGet("/{id}/dienste/{plan}", ShiftPages.Show);
        resources.MapPost("/{id}/dienste/{plan}", ShiftPages.Save);
        resources.MapGet("/{id}/abwesenheit/{absence}", AbsencePages.Show);
        resources.MapPost("/{id}/abwesenheit/{absence}", AbsencePages.Save);
    }

    private static void MapFirstSteps(RouteGroupBuilder steps)
    {
        steps.MapGet("", FirstStepPages.List);
        steps.MapGet("/{step}", FirstStepPages.Show);
        steps.MapPost("/{step}", FirstStepPages.Save);
    }

    private static void MapHelp(RouteGroupBuilder help)
    {
        help.MapGet("", HelpPages.Start);
        help.MapGet("/{chapter}", HelpPages.Show);
    }
}
