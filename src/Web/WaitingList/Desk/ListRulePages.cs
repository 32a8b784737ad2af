using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList.Desk;

/// <summary>How the practice keeps its waiting list.</summary>
internal static class ListRulePages
{
    private const string Home = "/praxis/einstellungen";

    /// <summary><c>GET /praxis/einstellungen/warteliste</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Rules(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/warteliste</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Rules(staff, db, typed));

    private static SettingForm Rules(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place(Home + "/warteliste", Home)) { Title = t.WaitingRules, Lead = t.WaitingRulesLead, Act = "waiting-rules.changed", Subject = "practice:1" };
        var known = ListRules.Load(db);
        var rules = new ListRules(
            form.Tick("offen", new Label(t.WaitingRulesOpen), known.IsOpen),
            form.Number("zugleich", new Label(t.WaitingRulesOffers, t.WaitingRulesOffersHelp), known.Offers, (1, 5)),
            form.Number("minuten", new Label(t.WaitingRulesHold, t.WaitingRulesHoldHelp), known.HoldMinutes, (15, 1440)),
            form.Number("stunden", new Label(t.WaitingRulesNear, t.WaitingRulesNearHelp), known.NearHours, (1, 72)),
            form.Number("eintraege", new Label(t.WaitingRulesMost, t.WaitingRulesMostHelp), known.MostEntries, (1, 10)));
        form.Save = change => change.Db.Execute(
            "UPDATE waiting_rules SET open = $open, offers = $offers, hold_minutes = $hold, near_hours = $near, most_entries = $most",
            ("$open", rules.IsOpen ? 1 : 0), ("$offers", rules.Offers), ("$hold", rules.HoldMinutes), ("$near", rules.NearHours), ("$most", rules.MostEntries));
        return form;
    }
}
