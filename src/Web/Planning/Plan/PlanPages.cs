using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Planning.Plan;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>One appointment: what it is, and what staff do with it.</summary>
internal static class PlanPages
{
    // Some day in the 23rd century: an instant has an end, and a number somebody sends has none.
    private const int LastCell = 30_000_000;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary><c>GET /praxis/termin/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) =>
        Load(staff, readers, Number(id)) is { } model ? Page.Ok(AppointmentPage.Create(model with { Said = staff.Visitor.Asked("gesagt") })) : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/termin/{id}/verschiebung</c>: another time, another length, somebody else.</summary>
    public static async Task<IResult> Move(Staff staff, PlanEnds ends, string id)
    {
        var form = await staff.Visitor.Form();
        if (Number(id) is not (> 0 and var appointment)) return NotFoundPage.Show(staff.Visitor);
        if (StartOf(staff, form) is not { } start) return Answer(staff, ends, form, appointment, new PlanOutcome.Impossible(new Refusal.OffGrid(Cells.Minutes)));
        var wish = new MoveWish(appointment, (int)Number(form["revision"].ToString(), -1), start)
        {
            Minutes = form["minuten"].ToString().Length == 0 ? null : (int)Number(form["minuten"].ToString(), -1),
            Exchanges = Exchange.Read(form),
            Tell = form["sagen"] == "1",
            Word = Clean(form["wort"].ToString()),
            Consent = ConsentOf(form),
        };
        return Answer(staff, ends, form, appointment, await ends.Act(change => StaffChanges.Move(change, staff, wish)));
    }

    /// <summary><c>POST /praxis/termin/{id}/absage</c></summary>
    public static async Task<IResult> Cancel(Staff staff, PlanEnds ends, string id)
    {
        var form = await staff.Visitor.Form();
        if (Number(id) is not (> 0 and var appointment)) return NotFoundPage.Show(staff.Visitor);
        var wish = new CancelWish(appointment, (int)Number(form["revision"].ToString(), -1), Clean(form["grund"].ToString()), form["sagen"] == "1") { Word = Clean(form["wort"].ToString()) };
        return Answer(staff, ends, form, appointment, await ends.Act(change => StaffChanges.Cancel(change, staff, wish)));
    }

    /// <summary><c>POST /praxis/termin/{id}/notiz</c></summary>
    public static async Task<IResult> Note(Staff staff, PlanEnds ends, string id)
    {
        var form = await staff.Visitor.Form();
        if (Number(id) is not (> 0 and var appointment)) return NotFoundPage.Show(staff.Visitor);
        var note = new Fields().Optional("note", form["notiz"].ToString(), Fields.LongestNote, lines: true);
        var wish = new NoteWish(appointment, (int)Number(form["revision"].ToString(), -1), note, form["notfall"] == "1");
        return Answer(staff, ends, form, appointment, await ends.Act(change => StaffChanges.Note(change, staff, wish)));
    }

    /// <summary><c>POST /praxis/rueckgaengig</c>: takes back what this session did last.</summary>
    public static async Task<IResult> TakeBack(Staff staff, PlanEnds ends)
    {
        var form = await staff.Visitor.Form();
        var undone = await ends.TakeBack(staff);
        return Visitor.SeeOther(BoardPages.BackTo(staff, form, undone switch { Undone.Done => "done", Undone.TooLate => "late", _ => "nothing" }));
    }

    /// <summary>An id or a number as somebody sent it; <paramref name="otherwise"/> if it is none.</summary>
    internal static long Number(string text, long otherwise = 0) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : otherwise;

    /// <summary>What staff agreed to after they had been told.</summary>
    internal static Consent ConsentOf(IFormCollection form) => new(form["trotzdem"] == "1", Clean(form["einschieben"].ToString()));

    /// <summary>
    /// When it shall begin: as a cell, which means the same on every day, or as date and wall time. What the clock skips in
    /// spring begins when it has been changed.
    /// </summary>
    internal static Instant? StartOf(Staff staff, IFormCollection form, string field = "um")
    {
        if (form["zelle"].ToString() is { Length: > 0 } cell) return Number(cell) is > 0 and < LastCell and var number ? Cells.Start((int)number) : null;
        if (BoardPages.DateOf(form["tag"].ToString()) is not { } date || !Time.Parse(form[field].ToString()).TryGetValue(default, out var time)) return null;
        return (date + time).InZoneLeniently(staff.Book.Practice.Zone).ToInstant();
    }

    internal static string Clean(string text) => new Fields().Optional("text", text, Fields.LongestReason);

    /// <summary>Whether a script of ours waits for the answer, not a browser for a page.</summary>
    internal static bool IsScript(Staff staff) => staff.Visitor.Http.Request.Headers["Sec-Fetch-Mode"].ToString() is "cors" or "same-origin";

    private static IResult Answer(Staff staff, PlanEnds ends, IFormCollection form, long id, PlanOutcome outcome)
    {
        var here = staff.Visitor.Http.Request.Path.ToString();
        if (outcome is PlanOutcome.Done)
        {
            if (IsScript(staff)) return Results.NoContent();
            return Visitor.SeeOther(form["zurueck"].ToString().Length > 0
                ? BoardPages.BackTo(staff, form)
                : staff.Visitor.Url(here[..here.LastIndexOf('/')], ("gesagt", here[(here.LastIndexOf('/') + 1)..])));
        }
        var objection = new Objection(staff, outcome, staff.Visitor.Url(here))
        {
            Leave = staff.Visitor.Url(here[..here.LastIndexOf('/')]),
            Sent = [.. form.Select(one => KeyValuePair.Create(one.Key, one.Value.ToString()))],
        };
        var status = outcome is PlanOutcome.Gone ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;
        if (IsScript(staff)) return Page.With(ObjectionForm.Create(objection), status);
        return Load(staff, ends.Readers, id) is { } model ? Page.With(AppointmentPage.Create(model with { Objection = objection, Typed = form }), status) : NotFoundPage.Show(staff.Visitor);
    }

    private static AppointmentPageModel? Load(Staff staff, Readers readers, long id) => readers.Read(db =>
        Appointment.Load(db, id) is { } appointment ? new AppointmentPageModel(staff, appointment, AppointmentDetails.Load(db, id)) : null);
}

/// <summary>What the pages of a plan work with: the writer, the readers, the mail.</summary>
public sealed class PlanEnds(Writer writer, Readers readers, MailSignal mail)
{
    public Readers Readers => readers;

    /// <summary>Runs a change of the plan. Should the database itself refuse, that is what it is: the time is taken.</summary>
    public async Task<PlanOutcome> Act(Func<Change, PlanOutcome> act)
    {
        try
        {
            var outcome = await writer.Write(act);
            if (outcome is PlanOutcome.Done) mail.Ring();
            return outcome;
        }
        catch (Microsoft.Data.Sqlite.SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            return new PlanOutcome.Impossible(new Refusal.Taken());
        }
    }

    /// <summary>Takes a session's last act back.</summary>
    public async Task<Undone> TakeBack(Staff staff)
    {
        try
        {
            var undone = await writer.Write(change => LastAct.TakeBack(change, staff));
            mail.Ring();
            return undone;
        }
        catch (Microsoft.Data.Sqlite.SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            return Undone.TooLate;
        }
    }
}
