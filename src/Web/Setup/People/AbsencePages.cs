using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.People;

/// <summary>When somebody or something is not there after all. Why is nobody's business, and is not asked.</summary>
internal static class AbsencePages
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    internal sealed record Row(long Id, LocalDateTime From, LocalDateTime To);

    /// <summary><c>GET /praxis/einstellungen/{team|raeume|geraete}/{id}/abwesenheit/{absence}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id, string absence) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, (id, absence), typed));

    /// <summary><c>POST /praxis/einstellungen/{team|raeume|geraete}/{id}/abwesenheit/{absence}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id, string absence) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, (id, absence), typed));

    /// <summary>A resource's absences in order.</summary>
    internal static IReadOnlyList<Row> All(Db db, string resource) => db.Rows(
        "SELECT id, starts_local, ends_local FROM absence WHERE resource_id = $resource ORDER BY starts_local",
        row => new Row(row.GetInt64(0), Wall.Parse(row.GetString(1)).Value, Wall.Parse(row.GetString(2)).Value), ("$resource", resource));

    /// <summary>An absence in words: whole days by their dates, others with times.</summary>
    internal static string Words(Text t, Row row) => IsWholeDays(row)
        ? Dates.Range(t, row.From.Date, row.To.Date.PlusDays(-1))
        : t.SettingsAbsenceTimes(row.From.Date, row.From.TimeOfDay, row.To.Date, row.To.TimeOfDay);

    private static SettingForm? Form(Staff staff, Db db, (string Resource, string Absence) asked, IFormCollection? typed)
    {
        var (t, kind) = (staff.T, ResourcePages.KindOf(staff));
        if (ResourceRow.All(db, kind).FirstOrDefault(row => row.Id == asked.Resource) is not { } resource) return null;
        var isNew = asked.Absence == "neu";
        var known = isNew ? null : All(db, resource.Id).FirstOrDefault(row => row.Id.ToString(CultureInfo.InvariantCulture) == asked.Absence);
        if (!isNew && known is null) return null;
        var home = $"/praxis/einstellungen/{ResourcePages.PathOf(kind)}/{resource.Id}";
        var form = new SettingForm(staff, typed, new Place($"{home}/abwesenheit/{asked.Absence}", home))
        {
            Title = t.SettingsAbsenceTitle(resource.Name),
            Lead = t.SettingsAbsencesLead,
            Act = isNew ? "absence.added" : "absence.changed",
            Subject = "resource:" + resource.Id,
        };
        var whole = known is not null && IsWholeDays(known);
        var first = form.Date("von", new Label(t.SettingsClosureFrom), known?.From.Date, needed: true);
        var begins = form.Time("um", new Label(t.SettingsAbsenceFromTime, t.SettingsAbsenceFromTimeHelp), whole ? null : known?.From.TimeOfDay);
        var last = form.Date("bis", new Label(t.SettingsClosureTo, t.SettingsClosureToHelp), whole ? known!.To.Date.PlusDays(-1) : known?.To.Date) ?? first;
        var ends = form.Time("bis-um", new Label(t.SettingsAbsenceToTime, t.SettingsAbsenceToTimeHelp), whole ? null : known?.To.TimeOfDay);
        if (form.IsTyped && first is { } day && last is { } until && (day + (begins ?? LocalTime.Midnight) >= (ends is { } time ? until + time : until.PlusDays(1).AtMidnight())))
        {
            form.Wrong("bis", t.SettingsWrongOrder);
        }
        form.Save = change => change.Db.Execute(
            """
            INSERT INTO absence (id, resource_id, starts_local, ends_local) VALUES ($id, $resource, $from, $to)
            ON CONFLICT (id) DO UPDATE SET starts_local = excluded.starts_local, ends_local = excluded.ends_local
            """,
            ("$id", known?.Id), ("$resource", resource.Id), ("$from", Wall.Format(first!.Value + (begins ?? LocalTime.Midnight))),
            ("$to", Wall.Format(ends is { } end ? last!.Value + end : last!.Value.PlusDays(1).AtMidnight())));
        if (known is not null) form.Remove = change => change.Db.Execute("DELETE FROM absence WHERE id = $id", ("$id", known.Id));
        return form;
    }

    private static bool IsWholeDays(Row row) => row.From.TimeOfDay == LocalTime.Midnight && row.To.TimeOfDay == LocalTime.Midnight;
}
