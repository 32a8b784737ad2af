using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty;

/// <summary>How long what is kept, with a preview of what the next night would remove.</summary>
internal static class RetentionPages
{
    private const string Home = "/praxis/einstellungen";

    /// <summary><c>GET /praxis/einstellungen/aufbewahrung</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Periods(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/aufbewahrung</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Periods(staff, db, typed));

    private static SettingForm Periods(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place(Home + "/aufbewahrung", Home)) { Title = t.RetentionHeading, Lead = t.RetentionLead, Act = "retention.changed", Subject = "practice:1" };
        var known = Retention.Days(db);
        var chosen = RetentionRule.All.Select(rule => (rule.Id, Days: form.Number(rule.Id, new Label(t.RetentionRule(rule.Id), t.RetentionHelp(rule.Id)), known[rule.Id], rule.Range))).ToList();
        form.Save = change =>
        {
            foreach (var (rule, days) in chosen)
                change.Db.Execute("INSERT INTO retention (rule, days) VALUES ($rule, $days) ON CONFLICT DO UPDATE SET days = excluded.days", ("$rule", rule), ("$days", days));
        };
        form.Foretell = change => [.. Retention.Due(change.Db, change.Now).Select(due => t.RetentionDue(due.Key, (int)due.Value))];
        return form;
    }
}
