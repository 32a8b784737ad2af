using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Hours;

/// <summary>Whole days on which the practice is closed, with the reason and who steps in.</summary>
internal static class ClosurePages
{
    private const string Home = "/praxis/einstellungen/schliesstage";
    private const int LongestReason = 80;
    private const int LongestSubstitute = 200;
    private const int MostDays = 366;

    private sealed record Row(long Id, LocalDate From, LocalDate To, string Reason, string Substitute);

    /// <summary><c>GET /praxis/einstellungen/schliesstage</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var list = new SettingList(staff, t.SettingsClosures) { Lead = t.SettingsClosuresLead };
        list.Links.Add((Home + "/neu", t.SettingsClosureNew));
        list.Tables.Add(new SettingTable(t.SettingsClosures, [t.SettingsHoursWhen, t.SettingsClosureReason, t.SettingsClosureSubstitute],
            [.. readers.Read(db => All(db, staff.Visitor.Today)).Select(row => new SettingRow(
                string.Create(CultureInfo.InvariantCulture, $"{Home}/{row.Id}"), Dates.Range(t, row.From, row.To), row.Reason, row.Substitute))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/schliesstage/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/schliesstage/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var isNew = id == "neu";
        var known = isNew ? null : All(db, LocalDate.MinIsoValue).FirstOrDefault(row => row.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (!isNew && known is null) return null;
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = isNew ? t.SettingsClosureNew : t.SettingsClosure,
            Lead = t.SettingsClosuresLead,
            Act = isNew ? "closure.added" : "closure.changed",
            Subject = $"closure:{known?.Id ?? 0}",
        };
        var from = form.Date("von", new Label(t.SettingsClosureFrom), known?.From, needed: true);
        var to = form.Date("bis", new Label(t.SettingsClosureTo, t.SettingsClosureToHelp), known?.To) ?? from;
        var reason = form.Line("grund", new Label(t.SettingsClosureReason, t.SettingsClosureReasonHelp), known?.Reason ?? "", LongestReason);
        var substitute = form.Line("vertretung", new Label(t.SettingsClosureSubstitute, t.SettingsClosureSubstituteHelp), known?.Substitute ?? "", LongestSubstitute);
        Dates.InOrder(form, from, to);
        if (from is { } first && to > first.PlusDays(MostDays)) form.Wrong("bis", t.SettingsClosureLong);
        form.Save = change =>
        {
            var arguments = new (string, object?)[]
            {
                ("$from", LocalDatePattern.Iso.Format(from!.Value)), ("$to", LocalDatePattern.Iso.Format(to!.Value)),
                ("$reason", reason.Length > 0 ? reason : null), ("$substitute", substitute.Length > 0 ? substitute : null), ("$id", known?.Id),
            };
            change.Db.Execute(known is null
                ? "INSERT INTO closure (id, first_day, last_day, reason, substitute) VALUES ($id, $from, $to, $reason, $substitute)"
                : "UPDATE closure SET first_day = $from, last_day = $to, reason = $reason, substitute = $substitute WHERE id = $id", arguments);
        };
        if (known is not null) form.Remove = change => change.Db.Execute("DELETE FROM closure WHERE id = $id", ("$id", known.Id));
        return form;
    }

    private static List<Row> All(Db db, LocalDate from) => [.. db.Rows(
        "SELECT id, first_day, last_day, reason, substitute FROM closure ORDER BY first_day",
        row => new Row(row.GetInt64(0), LocalDatePattern.Iso.Parse(row.GetString(1)).Value, LocalDatePattern.Iso.Parse(row.GetString(2)).Value, row.Text(3) ?? "", row.Text(4) ?? ""))
        .Where(row => row.To >= from)];
}
