using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Setup.FirstSteps;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Particulars;

/// <summary>The rules that hold for the practice as a whole, and the animals it treats.</summary>
internal static class RulePages
{
    private const string Home = "/praxis/einstellungen";

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary><c>GET /praxis/einstellungen/regeln</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Rules(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/regeln</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Rules(staff, db, typed));

    /// <summary><c>GET /praxis/einstellungen/tierarten</c></summary>
    public static IResult ShowSpecies(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Species(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/tierarten</c></summary>
    public static Task<IResult> SaveSpecies(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Species(staff, db, typed));

    private static SettingForm Rules(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place(Home + "/regeln", Home)) { Title = t.SettingsRules, Lead = t.SettingsRulesLead, Act = "rules.changed", Subject = "practice:1" };
        var (hold, idle) = db.Row("SELECT hold_minutes, idle_minutes FROM practice", row => (row.GetInt32(0), row.GetInt32(1)));
        form.Part(t.SettingsRulesBooking);
        hold = form.Number("vormerken", new Label(t.SettingsRulesHold, t.SettingsRulesHoldHelp), hold, (5, 1440));
        var lead = form.NumberOrNone("vorlauf", new Label(t.SettingsRulesLeadTime, t.SettingsRulesLeadTimeHelp), null, (0, 60 * 24 * 30));
        var horizon = form.NumberOrNone("zeitraum", new Label(t.SettingsRulesHorizon, t.SettingsRulesHorizonHelp), null, (1, 366));
        form.Part(t.SettingsRulesDesk);
        idle = form.Number("abmelden", new Label(t.SettingsRulesIdle, t.SettingsRulesIdleHelp), idle, (5, 720));
        var (from, until) = db.Row("SELECT quiet_from, quiet_until FROM practice", row => (Clock.Parse(row.GetString(0)).Value, Clock.Parse(row.GetString(1)).Value));
        form.Part(t.VoiceQuiet, t.VoiceQuietLead);
        var quietFrom = form.Time("ruhe-von", new Label(t.VoiceQuietFrom), from) ?? LocalTime.Midnight;
        var quietUntil = form.Time("ruhe-bis", new Label(t.VoiceQuietUntil), until) ?? LocalTime.Midnight;
        form.Save = change =>
        {
            change.Db.Execute("UPDATE practice SET hold_minutes = $hold, idle_minutes = $idle, quiet_from = $from, quiet_until = $until",
                ("$hold", hold), ("$idle", idle), ("$from", Clock.Format(quietFrom)), ("$until", Clock.Format(quietUntil)));
            if (lead is { } minutes) change.Db.Execute("UPDATE visit_type SET lead_minutes = $minutes", ("$minutes", minutes));
            if (horizon is { } days) change.Db.Execute("UPDATE visit_type SET horizon_days = $days", ("$days", days));
        };
        return form;
    }

    private static SettingForm Species(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place(Home + "/tierarten", Home)) { Title = t.SettingsSpecies, Lead = t.SettingsSpeciesLead, Act = "species.changed", Subject = "practice:1" };
        var save = SpeciesChoice.Ask(form, db);
        form.Save = change => save(change.Db);
        return form;
    }
}
