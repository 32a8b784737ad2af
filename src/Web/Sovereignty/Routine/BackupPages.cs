using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>The practice's backups as it sees them.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Backup">The last one that was made; null if none was.</param>
/// <param name="Rehearsal">The last one that was tried; null if none was.</param>
/// <param name="Files">Those that lie in the practice's folder, the newest first: name, moment and size.</param>
public sealed record BackupsModel(Staff Staff, BackupRun? Backup, BackupRun? Rehearsal, IReadOnlyList<(string Name, Instant At, long Bytes)> Files)
{
    /// <summary>What went wrong just now; empty if nothing did.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>The recovery code, to be printed and put away.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Code">The code.</param>
/// <param name="Id">What the backups it opens name it by.</param>
public sealed record RecoveryCodeModel(Staff Staff, string Code, string Id);

/// <summary>Backups: how old the last one is, whether it was tried, one more at a press, and the code that opens them.</summary>
internal static class BackupPages
{
    private const string Home = "/praxis/einstellungen/sicherung";

    /// <summary><c>GET /praxis/einstellungen/sicherung</c></summary>
    public static IResult Show(Staff staff, Readers readers, BackupRoutine routine) => Shown(staff, readers, routine, "", StatusCodes.Status200OK);

    /// <summary>The page, with what went wrong if something did.</summary>
    internal static IResult Shown(Staff staff, Readers readers, BackupRoutine routine, string problem, int status)
    {
        var (backup, rehearsal) = readers.Read(db => (BackupRun.Last(db, "backup"), BackupRun.Last(db, "rehearsal")));
        var files = routine.All().Select(one => (Path.GetFileName(one.Path), InstantPattern.General.Parse(one.Head.CreatedAt).Value, new FileInfo(one.Path).Length)).ToList();
        return Page.With(BackupsPage.Create(new BackupsModel(staff, backup, rehearsal, files) { Problem = problem }), status);
    }

    /// <summary><c>POST /praxis/einstellungen/sicherung/jetzt</c></summary>
    public static async Task<IResult> Now(Staff staff, BackupRoutine routine)
    {
        await routine.Back();
        return Visitor.SeeOther(staff.Visitor.Url(Home));
    }

    /// <summary><c>POST /praxis/einstellungen/sicherung/probe</c></summary>
    public static async Task<IResult> Rehearse(Staff staff, BackupRoutine routine)
    {
        await routine.Rehearse();
        return Visitor.SeeOther(staff.Visitor.Url(Home));
    }

    /// <summary><c>POST /praxis/einstellungen/sicherung/datei/{name}</c>: the log says that it left the house, so it is no GET.</summary>
    public static async Task<IResult> Fetch(Staff staff, string name, BackupRoutine routine, Writer writer)
    {
        if (routine.All().Find(one => Path.GetFileName(one.Path) == name) is not { Path: { } path }) return OwnerPages.NotThere(staff);
        await writer.Write(change =>
        {
            Audit.Add(change, staff.Actor, "backup.fetched", "practice", 1);
            return true;
        });
        return Results.File(path, "application/octet-stream", name);
    }

    /// <summary><c>GET /praxis/einstellungen/sicherung/schluessel</c></summary>
    public static IResult ShowCode(Staff staff, DataFolder folder)
    {
        var code = BackupKeys.Read(folder.BackupKey).Newest;
        return Page.Ok(RecoveryCodePage.Create(new RecoveryCodeModel(staff, code.ToString(), code.Id)));
    }

    /// <summary><c>POST /praxis/einstellungen/sicherung/schluessel</c>: another one from now on.</summary>
    public static async Task<IResult> Rotate(Staff staff, DataFolder folder, Writer writer)
    {
        BackupKeys.Rotate(folder);
        await writer.Write(change =>
        {
            Audit.Add(change, staff.Actor, "backup.key-changed", "practice", 1);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url(Home + "/schluessel"));
    }

    /// <summary><c>GET /praxis/einstellungen/sicherung/plan</c></summary>
    public static IResult ShowPlan(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Plan(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/sicherung/plan</c></summary>
    public static Task<IResult> SavePlan(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Plan(staff, db, typed));

    private static SettingForm Plan(Staff staff, Db db, IFormCollection? typed)
    {
        var (t, known) = (staff.T, BackupPlan.Load(db));
        var form = new SettingForm(staff, typed, new Place(Home + "/plan", Home)) { Title = t.BackupPlan, Lead = t.BackupPlanLead, Act = "backup.plan-changed", Subject = "practice:1" };
        var plan = new BackupPlan(
            form.Number("stunde", new Label(t.BackupHour, t.BackupHourHelp), known.Hour, (0, 23)),
            form.Number("tage", new Label(t.BackupDays, t.BackupDaysHelp), known.Days, (1, 35)),
            form.Number("anzahl", new Label(t.BackupMost), known.Most, (2, 100)));
        form.Save = change => plan.Save(change.Db);
        return form;
    }
}
