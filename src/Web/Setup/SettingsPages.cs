using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Site;

namespace VetBooking.Web.Setup;

/// <summary>The entrance to the settings: what there is to set, and what is still missing.</summary>
internal static class SettingsPages
{
    /// <summary><c>GET /praxis/einstellungen</c></summary>
    public static IResult Show(Staff staff) => Page.Ok(SettingsPage.Create(new SettingsModel(staff)));
}

/// <summary>The page of all settings.</summary>
public sealed record SettingsModel(Staff Staff)
{
    private const string Root = "/praxis/einstellungen/";

    /// <summary>What can be set, as (address, name, what is behind it), in groups.</summary>
    public IEnumerable<(string Heading, IReadOnlyList<(string Url, string Name, string About)> Rooms)> Groups
    {
        get
        {
            var t = Staff.T;
            yield return (t.SettingsGroupPractice,
            [
                ("/praxis/auswertung", t.GlanceHeading, t.GlanceAbout),
                (Root + "angaben", t.SettingsParticulars, t.SettingsParticularsAbout),
                (Root + "notdienst", t.SettingsDuties, t.SettingsDutiesAbout),
                ("/praxis/geraete", t.FlowDevices, t.FlowDevicesAbout),
                ("/praxis/kalender", t.ClientsCalendars, t.ClientsCalendarsLead),
                (Root + "aufbewahrung", t.RetentionHeading, t.RetentionAbout),
                (Root + "sicherung", t.BackupHeading, t.BackupAbout),
                (Root + "unterlagen", t.PaperHeading, t.PaperAbout),
            ]);
            yield return (t.VoiceHeading,
            [
                (Root + "texte", t.VoiceTexts, t.VoiceTextsAbout),
                (Root + "nachrichten", t.StaffmailMessages, t.StaffmailMessagesAbout),
                (Root + "sprachen", t.VoiceLanguages, t.VoiceLanguagesAbout),
                (Root + "aussehen", t.LookHeading, t.LookAbout),
                (Root + "webseite", t.WebsiteHeading, t.WebsiteAbout),
            ]);
            yield return (t.MachinesHeading,
            [
                (Root + "kurznachrichten", t.MachinesSms, t.MachinesSmsAbout),
                (Root + "webhooks", t.MachinesWebhooks, t.MachinesWebhooksAbout),
                (Root + "zugriffe", t.MachinesTokens, t.MachinesTokensAbout),
            ]);
            yield return (t.SettingsGroupTime,
            [
                (Root + "oeffnungszeiten", t.SettingsHours, t.SettingsHoursAbout),
                (Root + "schliesstage", t.SettingsClosures, t.SettingsClosuresAbout),
                (Root + "feiertage", t.SettingsHolidays, t.SettingsHolidaysAbout),
                ("/praxis/sprechstunde", t.FlowOpen, t.FlowOpenAbout),
                ("/praxis/nichterschienen", t.FlowRule, t.FlowRuleAbout),
            ]);
            yield return (t.SettingsGroupWho,
            [
                (Root + "team", t.SettingsKind("person"), t.SettingsKindAbout("person")),
                (Root + "raeume", t.SettingsKind("room"), t.SettingsKindAbout("room")),
                (Root + "geraete", t.SettingsKind("device"), t.SettingsKindAbout("device")),
            ]);
            yield return (t.SettingsGroupBooking,
            [
                (Root + "tierarten", t.SettingsSpecies, t.SettingsSpeciesAbout),
                (Root + "anliegen", t.SettingsTypes, t.SettingsTypesAbout),
                (Root + "hinweise", t.InstructionHeading, t.InstructionAbout),
                (Root + "preise", t.PricesHeading, t.PricesRoom),
                (Root + "fragen", t.QuestionHeading, t.QuestionAbout),
                (Root + "warnzeichen", t.SettingsFlags, t.SettingsFlagsAbout),
                (Root + "faellig", t.RecallRules, t.RecallRulesAbout),
                (Root + "regeln", t.SettingsRules, t.SettingsRulesAbout),
                (Root + "warteliste", t.WaitingRules, t.WaitingRulesAbout),
            ]);
        }
    }

    /// <summary>What the law wants published and is not there yet.</summary>
    public IEnumerable<string> Missing => Staff.Visitor.Profile.Missing.Select(column => NotPublicYet.Wanted(Staff.T, column));
}
