using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.People;

/// <summary>The people, rooms and devices of the practice: three lists of the same make.</summary>
internal static class ResourcePages
{
    private const string Root = "/praxis/einstellungen/";
    private const int LongestName = 80;
    private const int LongestRole = 120;
    private const int LongestSkills = 200;
    private const int LongestSkill = 40;

    /// <summary>The last part of a list's address, and the kind of resource on it.</summary>
    public static readonly (string Path, string Kind)[] Kinds = [("team", "person"), ("raeume", "room"), ("geraete", "device")];

    /// <summary><c>GET /praxis/einstellungen/{team|raeume|geraete}</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var (t, kind) = (staff.T, KindOf(staff));
        var list = new SettingList(staff, t.SettingsKind(kind)) { Lead = t.SettingsKindLead(kind) };
        list.Links.Add((Root + PathOf(kind) + "/neu", t.SettingsKindNew(kind)));
        var rows = readers.Read(db => ResourceRow.All(db, kind));
        list.Tables.Add(new SettingTable(t.SettingsKind(kind), kind == "person" ? [t.SettingsName, t.SettingsRole, t.SettingsSkills, t.SettingsState] : [t.SettingsName, t.SettingsState],
            [.. rows.Select(row => new SettingRow($"{Root}{PathOf(kind)}/{row.Id}", kind == "person"
                ? [row.Name, row.Role, string.Join(", ", row.Skills), t.SettingsActive(row.IsActive ? "yes" : "no")]
                : [row.Name, t.SettingsActive(row.IsActive ? "yes" : "no")]))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/{team|raeume|geraete}/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/{team|raeume|geraete}/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    /// <summary>The kind of resource an address is about.</summary>
    public static string KindOf(Staff staff) => Kinds.First(kind => staff.Visitor.Http.Request.Path.StartsWithSegments(Root + kind.Path, StringComparison.Ordinal)).Kind;

    /// <summary>The part of the address for a kind.</summary>
    public static string PathOf(string kind) => Kinds.First(one => one.Kind == kind).Path;

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var (t, kind) = (staff.T, KindOf(staff));
        var all = ResourceRow.All(db, kind);
        var isNew = id == "neu";
        var known = isNew ? new ResourceRow("", kind, all.Count == 0 ? 1 : all.Max(row => row.Position) + 1, "", "") : all.FirstOrDefault(row => row.Id == id);
        if (known is null) return null;
        var home = Root + PathOf(kind);
        var form = new SettingForm(staff, typed, new Place($"{home}/{id}", home))
        {
            Title = isNew ? t.SettingsKindNew(kind) : known.Name,
            Lead = t.SettingsKindLead(kind),
            Act = isNew ? "resource.added" : "resource.changed",
            Subject = "resource:" + (isNew ? "new" : known.Id),
        };
        var row = known with
        {
            Name = form.Line("name", new Label(t.SettingsName, t.SettingsNameHelp(kind)), known.Name, LongestName, needed: true),
            Role = kind == "person" ? form.Line("rolle", new Label(t.SettingsRole, t.SettingsRoleHelp), known.Role, LongestRole) : "",
            Position = form.Number("reihenfolge", new Label(t.SettingsPosition, t.SettingsPositionHelp), known.Position, (0, 999)),
            IsActive = form.Tick("da", new Label(t.SettingsActiveTick(kind), t.SettingsActiveHelp), known.IsActive),
            Skills = Skills(form, db, known),
        };
        if (!isNew) ShowWorkingTime(form, db, known);
        form.Save = change =>
        {
            var saved = isNew ? row with { Id = ResourceRow.NewId(row.Name, PathOf(kind), taken => change.Db.Number("SELECT count(*) FROM resource WHERE id = $id", ("$id", taken)) > 0) } : row;
            saved.Save(change.Db);
        };
        if (!isNew && !known.IsUsed(db)) form.Remove = change => change.Db.Execute("DELETE FROM resource WHERE id = $id", ("$id", known.Id));
        return form;
    }

    private static List<string> Skills(SettingForm form, Db db, ResourceRow known)
    {
        var t = form.T;
        form.Part(t.SettingsSkills, t.SettingsSkillsLead);
        var choices = ResourceRow.AllSkills(db).Select(skill => (skill, skill)).ToList();
        var ticked = choices.Count > 0 ? form.Ticks("koennen", new Label(t.SettingsSkillsKnown), known.Skills, choices) : [];
        var more = form.Line("weitere", new Label(t.SettingsSkillsMore, t.SettingsSkillsMoreHelp), "", LongestSkills)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(skill => skill.ToLower(t.Culture)).ToList();
        if (more.Exists(skill => skill.Length > LongestSkill)) form.Fields.Wrong("weitere", Booking.Problem.TooLong, LongestSkill);
        return [.. ticked.Concat(more).Distinct()];
    }

    private static void ShowWorkingTime(SettingForm form, Db db, ResourceRow row)
    {
        Text t = form.T;
        var here = $"{Root}{PathOf(row.Kind)}/{row.Id}";
        var plans = new WeekPlans(db, row.Id).All();
        form.Part(t.SettingsShifts, plans.Count == 0 ? t.SettingsShiftsNone : t.SettingsShiftsLead);
        form.Links([.. plans.Select(plan => ($"{here}/dienste/{plan.Id}", t.SettingsShiftsOf(Dates.Range(t, plan.From, plan.To)))), ($"{here}/dienste/neu", t.SettingsShiftsNew)]);
        form.Part(t.SettingsAbsences, t.SettingsAbsencesLead);
        form.Links([.. AbsencePages.All(db, row.Id).Where(one => one.To >= form.Staff.Visitor.Today.AtMidnight()).Select(one => ($"{here}/abwesenheit/{one.Id}", AbsencePages.Words(t, one))), ($"{here}/abwesenheit/neu", t.SettingsAbsenceNew)]);
    }
}
