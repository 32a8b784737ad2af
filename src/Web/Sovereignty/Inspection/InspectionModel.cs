using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Exports.Reading;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Lists;

namespace VetBooking.Web.Sovereignty.Inspection;

/// <summary>The page on which somebody looks into a backup.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Backups">Those there are, the newest first.</param>
public sealed record InspectionModel(Staff Staff, IReadOnlyList<(string Path, Instant At)> Backups)
{
    private const int LongestTerm = 100;

    /// <summary>The name of the backup that was chosen.</summary>
    public string Backup { get; init; } = "";

    /// <summary>Who or what day, as it was typed.</summary>
    public string Person { get; init; } = "";
    public string Day { get; init; } = "";

    /// <summary>What is wrong, each at the field that is.</summary>
    public IReadOnlyList<(string Field, string Sentence)> Wrong { get; init; } = [];

    /// <summary>What was seen; null before.</summary>
    public Inspected? Seen { get; init; }

    /// <summary>Where the backup that was chosen lies; null if there is none of that name.</summary>
    internal string? Path => Backups.Select(one => one.Path).FirstOrDefault(path => System.IO.Path.GetFileName(path) == Backup);

    internal static InspectionModel With(Staff staff, BackupRoutine routine) =>
        new(staff, [.. routine.All().Select(one => (one.Path, InstantPattern.General.Parse(one.Head.CreatedAt).Value))]);

    /// <summary>The sentence at a field; null if nothing is wrong with it.</summary>
    public string? Sentence(string field) => Wrong.Where(one => one.Field == field).Select(one => one.Sentence).FirstOrDefault();

    /// <summary>The same with what was typed, and what is wrong with it.</summary>
    internal InspectionModel Typed(IFormCollection form)
    {
        var (typed, fields, t) = (this with { Backup = form["sicherung"].ToString(), Person = form["person"].ToString(), Day = form["tag"].ToString() }, new Fields(), Staff.T);
        var wrong = new List<(string, string)>();
        if (typed.Path is null) wrong.Add(("sicherung", t.InspectionGone));
        fields.Optional("person", typed.Person, LongestTerm);
        if (typed.Person.Trim().Length + typed.Day.Length == 0) wrong.Add(("person", t.InspectionNobody));
        else if (typed.Person.Trim().Length > 0 && typed.Day.Length > 0) wrong.Add(("person", t.InspectionBoth));
        else if (typed.Day.Length > 0 && DayList.Read(typed.Day) is null) wrong.Add(("tag", t.InspectionNoDay));
        else if (typed.Day.Length == 0 && (fields.Problems.Count > 0 || !new PersonTerm(typed.Person).IsEnough)) wrong.Add(("person", t.InspectionShort));
        return typed with { Wrong = wrong };
    }

    /// <summary>Asks an opened backup for it.</summary>
    internal Inspected Ask(Db db) => DayList.Read(Day) is { } day ? Inspected.OfDay(db, day) : Inspected.OfPerson(db, new PersonTerm(Person));
}

/// <summary>Appointments of a backup, in a table.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Book">The practice as it was.</param>
/// <param name="Heading">What they are.</param>
/// <param name="Visits">They themselves.</param>
/// <param name="OfDay">Whether they are all of one day.</param>
public sealed record InspectedVisitsModel(Staff Staff, Book Book, string Heading, IReadOnlyList<ExportedVisit> Visits, bool OfDay)
{
    /// <summary>Whether the rows say whose they are.</summary>
    public bool WithName { get; init; } = true;
}
