using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.FrontDesk.Pause;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>Time kept for urgent cases: owners can book it from a set hour of the day on, staff at once.</summary>
internal static class ReservePages
{
    /// <summary><c>POST /praxis/reserve</c></summary>
    public static async Task<IResult> Add(Staff staff, Writer writer)
    {
        var form = new ReserveForm(staff, await staff.Visitor.Form());
        if (form.Fields.Problems.Count > 0) return Page.Again(PausePage.Create(new PauseModel(staff, form)));
        await writer.Write(change =>
        {
            var id = change.Db.Insert(
                "INSERT INTO reserve (resource_id, weekday, starts, ends, opens) VALUES ($person, $day, $from, $to, $opens)",
                ("$person", form.Value("person")), ("$day", form.Weekday), ("$from", form.Value("von")), ("$to", form.Value("bis")), ("$opens", form.Value("frei")));
            Changed(change);
            Audit.Add(change, staff.Actor, "reserve.made", "reserve", id);
            return id;
        });
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/pause") + "#reserve");
    }

    /// <summary><c>POST /praxis/reserve/{id}/loeschung</c></summary>
    public static async Task<IResult> Remove(Staff staff, string id, Writer writer)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return NotFoundPage.Show(staff.Visitor);
        var removed = await writer.Write(change =>
        {
            if (change.Db.Execute("DELETE FROM reserve WHERE id = $id", ("$id", number)) == 0) return false;
            Changed(change);
            Audit.Add(change, staff.Actor, "reserve.removed", "reserve", number);
            return true;
        });
        return removed ? Visitor.SeeOther(staff.Visitor.Url("/praxis/pause") + "#reserve") : NotFoundPage.Show(staff.Visitor);
    }

    private static void Changed(Change change)
    {
        change.Db.Execute("UPDATE practice SET revision = revision + 1");
        change.Reload();
    }
}

/// <summary>A time that is kept, as it stands in the list.</summary>
public sealed record ReserveRow(long Id, string Resource, int Weekday, string From, string To, string Opens)
{
    internal static List<ReserveRow> All(Db db) => db.Rows(
        "SELECT v.id, v.resource_id, v.weekday, v.starts, v.ends, v.opens FROM reserve v JOIN resource r ON r.id = v.resource_id WHERE r.active ORDER BY r.position, v.weekday, v.starts",
        row => new ReserveRow(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5)));
}

/// <summary>The form for one more.</summary>
public sealed class ReserveForm
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private readonly IFormCollection? typed;
    private readonly Staff staff;

    public ReserveForm(Staff staff, IFormCollection? typed)
    {
        (this.staff, this.typed) = (staff, typed);
        if (typed is null) return;
        if (People.All(one => one.Id != Value("person"))) Fields.Wrong("person", Problem.Unknown);
        if (!int.TryParse(Value("tag"), NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > 7) Fields.Wrong("tag", Problem.Unknown);
        Weekday = day;
        var (from, to, _) = (Read("von"), Read("bis"), Read("frei"));
        if (from is not null && to is not null && to <= from) Fields.Wrong("bis", Problem.Unknown);
    }

    public Fields Fields { get; } = new();

    public int Weekday { get; }

    /// <summary>The people whose time can be kept.</summary>
    public IEnumerable<TeamMember> People => staff.Visitor.Profile.Team;

    /// <summary>What was typed, or a suggestion.</summary>
    public string Value(string field) => typed?[field].ToString() ?? field switch { "tag" => "1", "von" => "11:00", "bis" => "11:30", "frei" => "08:00", _ => "" };

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Fields.Problems.Find(one => one.Field == field) is { } problem
        ? problem.Field is "person" or "tag" ? staff.T.ProblemUnknown : staff.T.DeskReserveTimes
        : null;

    private LocalTime? Read(string field)
    {
        // Everything that is taken lies on the grid of cells.
        if (Time.Parse(Value(field)) is { Success: true, Value: var time } && time.Minute % Cells.Minutes == 0) return time;
        Fields.Wrong(field, Problem.NotADate);
        return null;
    }
}
