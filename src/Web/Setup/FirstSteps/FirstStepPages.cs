using NodaTime;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.Setup.Particulars;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.FirstSteps;

/// <summary>
/// The path from an empty practice to its first appointment: a list of steps that says what is missing, and a short form for
/// each. It can be left and taken up again at any time; what it leaves out, the settings have.
/// </summary>
internal static class FirstStepPages
{
    private const string Home = "/praxis/einrichtung";
    private const int MostPeople = 12;
    private const int MostRooms = 12;
    private static readonly IReadOnlyList<(LocalTime, LocalTime)> UsualDay = WeekText.Read("8–12, 14–18")!;

    /// <summary><c>GET /praxis/einrichtung</c></summary>
    public static IResult List(Staff staff, Readers readers) =>
        Page.Ok(FirstStepsPage.Create(new FirstStepsModel(staff, readers.Read(db => FirstStep.All(staff, db)), FirstStep.FirstFree(staff))));

    /// <summary><c>GET /praxis/einrichtung/{step}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string step) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, step, typed));

    /// <summary><c>POST /praxis/einrichtung/{step}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string step) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, step, typed));

    private static SettingForm? Form(Staff staff, Db db, string step, IFormCollection? typed)
    {
        if (step is not ("angaben" or "zeiten" or "team" or "anliegen")) return null;
        var place = new Place($"{Home}/{step}", Home, FirstStep.After(step));
        if (step == "angaben") return ParticularsPages.Form(staff, db, typed, place, atOnce: true);
        var form = new SettingForm(staff, typed, place)
        {
            Title = staff.T.SettingsStep(step),
            Lead = staff.T.SettingsStepLead(step),
            Act = "first-step.taken",
            Subject = "practice:1",
            AtOnce = true,
        };
        form.Save = step switch
        {
            "zeiten" => Times(form, db),
            "team" => Team(form, db),
            _ => Types(form, db),
        };
        return form;
    }

    private static Action<Change> Times(SettingForm form, Db db)
    {
        var t = form.T;
        var plans = new WeekPlans(db, null);
        var all = plans.All();
        form.Part(t.SettingsHours, t.SetupHoursLead);
        var days = form.Week("tag", all.Count > 0 ? all[^1].Even : new WeekDays([.. Enumerable.Repeat(UsualDay, 5), [], []]));
        if (form.IsTyped && days.IsEmpty && form.Fields.Problems.Count == 0) form.Wrong("tag-1", t.SettingsHoursNone);
        form.Part(t.SettingsHolidays);
        var land = form.Choice("land", new Label(t.SettingsLand, t.SettingsLandHelp), db.Row("SELECT land FROM practice", row => row.Text(0)) ?? "", [("", t.SettingsNoLand), .. HolidayPages.Lands(t)]);
        return change =>
        {
            plans.Put(new WeekPlan(0, all.Count > 0 ? all[^1].From : null, null, days, days));
            change.Db.Execute("UPDATE practice SET land = $land", ("$land", land.Length > 0 ? land : null));
        };
    }

    private static Action<Change> Team(SettingForm form, Db db)
    {
        var t = form.T;
        form.Part(t.SettingsSpecies);
        var species = SpeciesChoice.Ask(form, db);
        form.Part(t.SettingsKind("person"), t.SettingsStepTeamLead);
        // Who is there already is changed in the settings; here newcomers are added.
        var (vets, nurses) = (Names(form, "tieraerzte", new Label(t.SettingsStepVets, t.SetupOnePerLine)), Names(form, "tfa", new Label(t.SettingsStepNurses, t.SettingsStepNursesHelp)));
        var people = db.Number("SELECT count(*) FROM resource WHERE kind = 'person' AND active");
        if (form.IsTyped && people == 0 && vets.Count == 0 && form.Fields.Problems.Count == 0) form.Wrong("tieraerzte", t.SettingsWrongMissing);
        form.Part(t.SettingsKind("room"));
        var present = (int)db.Number("SELECT count(*) FROM resource WHERE kind = 'room' AND active");
        var rooms = form.Number("raeume", new Label(t.SettingsStepRooms, t.SettingsStepRoomsHelp), Math.Max(present, 2), (Math.Max(present, 1), Math.Max(present, MostRooms)));
        return change =>
        {
            species(change.Db);
            foreach (var name in vets) Add(change.Db, "person", name, ["allgemein", "chirurgie", .. form.Typed("tiere").Contains("horse", StringComparison.Ordinal) ? (string[])["pferd"] : []]);
            foreach (var name in nurses) Add(change.Db, "person", name, ["tfa"]);
            for (var room = present + 1; room <= rooms; room++) Add(change.Db, "room", form.T.SettingsStepRoom(room), []);
        };
    }

    private static Action<Change> Types(SettingForm form, Db db)
    {
        var t = form.T;
        var treated = db.Rows("SELECT id FROM species WHERE treated", row => row.GetString(0)).ToHashSet();
        var known = db.Rows("SELECT id FROM visit_type WHERE active", row => row.GetString(0));
        var fitting = Catalogue.All.Where(row => row.Minutes.Keys.Any(treated.Contains)).ToList();
        form.Part(t.SettingsTypes, t.SettingsStepTypesLead);
        var chosen = form.Ticks("anliegen", new Label(t.SettingsStepTypesChoose), known.Count > 0 ? known : [.. fitting.Where(row => row.Id is not "blut-ultraschall").Select(row => row.Id)],
            [.. fitting.Select(row => (row.Id, row.Name(t.Language)))]);
        if (form.IsTyped && chosen.Count == 0) form.Wrong("anliegen", t.SettingsStepTypesMissing);
        return change =>
        {
            foreach (var id in chosen.Except(change.Db.Rows("SELECT id FROM visit_type", row => row.GetString(0)))) Catalogue.For(change.Db, id)!.Save(change.Db);
            foreach (var row in fitting) change.Db.Execute("UPDATE visit_type SET active = $active WHERE id = $id", ("$active", chosen.Contains(row.Id) ? 1 : 0), ("$id", row.Id));
            if (change.Db.Number("SELECT count(*) FROM red_flag") == 0) StartCatalogue.LoadRedFlags(change.Db);
        };
    }

    private static List<string> Names(SettingForm form, string field, Label label)
    {
        var names = form.Text(field, label, "", MostPeople * Booking.Fields.LongestName).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (names.Count > MostPeople || names.Exists(name => name.Length > 80)) form.Fields.Wrong(field, Booking.Problem.TooLong, 80);
        return names;
    }

    private static void Add(Db db, string kind, string name, IReadOnlyList<string> skills)
    {
        var id = ResourceRow.NewId(name, kind == "room" ? "raum" : "person", taken => db.Number("SELECT count(*) FROM resource WHERE id = $id", ("$id", taken)) > 0);
        new ResourceRow(id, kind, (int)db.Number("SELECT count(*) + 1 FROM resource WHERE kind = $kind", ("$kind", kind)), name, "") { Skills = skills }.Save(db);
    }
}

/// <summary>The page with the steps.</summary>
public sealed record FirstStepsModel(Staff Staff, IReadOnlyList<FirstStep> Steps, (string VisitType, VetBooking.Scheduling.FreeStart Start)? Free)
{
    /// <summary>The step to take next; null once all are done.</summary>
    public FirstStep? Next => Steps.FirstOrDefault(step => step.Missing is not null);
}
