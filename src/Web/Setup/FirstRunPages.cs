using System.Globalization;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup;

/// <summary>
/// The first run: one page between an empty practice and its first booking. Once; afterwards each of its facts has a page of
/// its own.
/// </summary>
internal static class FirstRunPages
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary><c>GET /praxis/einrichtung</c></summary>
    public static IResult Show(Staff staff, Readers readers) => readers.Read(IsOver)
        ? Visitor.SeeOther(staff.Visitor.Url("/praxis"))
        : Page.Ok(FirstRun.Create(new FirstRunModel(staff, new FirstRunForm(staff.Visitor.Profile))));

    /// <summary><c>POST /praxis/einrichtung</c></summary>
    public static async Task<IResult> Save(Staff staff, Writer writer)
    {
        var form = new FirstRunForm(staff.Visitor.Profile, await staff.Visitor.Form());
        if (form.Fields.Problems.Count > 0) return Page.Again(FirstRun.Create(new FirstRunModel(staff, form)));
        await writer.Write(change =>
        {
            if (IsOver(change.Db)) return false;
            Save(change.Db, form);
            Audit.Add(change, staff.Actor, "practice.set-up", "practice", 1);
            change.Reload();
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url("/praxis"));
    }

    private static bool IsOver(Db db) => db.Number("SELECT count(*) FROM visit_type") > 0;

    private static void Save(Db db, FirstRunForm form)
    {
        db.Execute(
            """
            UPDATE practice SET phone = $phone, street = $street, postcode = $postcode, city = $city, land = $land, owners = $owners,
              legal_form = $legal_form, chamber = $chamber, job_title = $job_title, title_state = $title_state,
              professional_code = $professional_code, vat_id = $vat_id, supervisor = $supervisor, revision = revision + 1
            """,
            [.. form.Saved.Select(text => ("$" + text.Key, (object?)text.Value)), ("$land", form.Land.ToString())]);
        foreach (var (weekday, from, to) in form.Hours)
        {
            db.Execute("INSERT INTO opening_hours (weekday, opens, closes) VALUES ($day, $from, $to)", ("$day", weekday), ("$from", Time.Format(from)), ("$to", Time.Format(to)));
        }
        foreach (var (species, position) in FirstRunForm.Species.Select((one, i) => (one.Id, i)))
        {
            db.Execute("INSERT INTO species (id, position, treated) VALUES ($id, $position, $treated)", ("$id", species), ("$position", position), ("$treated", form.Treated.Contains(species) ? 1 : 0));
        }
        AddPeople(db, form.Vets, "vet", ["allgemein", "chirurgie", .. form.Treated.Contains("horse") ? (string[])["pferd"] : []]);
        AddPeople(db, form.Nurses, "tfa", ["tfa"]);
        for (var room = 1; room <= form.Rooms; room++)
        {
            db.Execute("INSERT INTO resource (id, kind, position, name) VALUES ($id, 'room', $room, $name)",
                ("$id", string.Create(CultureInfo.InvariantCulture, $"raum-{room}")), ("$room", room), ("$name", string.Create(CultureInfo.InvariantCulture, $"Raum {room}")));
        }
        StartCatalogue.Load(db);
        // Windows are for practices that know their day; a new one offers whenever it is open.
        db.Execute("DELETE FROM visit_type_window");
    }

    private static void AddPeople(Db db, IReadOnlyList<string> names, string prefix, IReadOnlyList<string> skills)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i + 1}");
            db.Execute("INSERT INTO resource (id, kind, position, name) VALUES ($id, 'person', $position, $name)", ("$id", id), ("$position", i), ("$name", names[i]));
            foreach (var skill in skills) db.Execute("INSERT INTO skill (resource_id, skill) VALUES ($id, $skill)", ("$id", id), ("$skill", skill));
        }
    }
}

/// <summary>The page of the first run.</summary>
public sealed record FirstRunModel(Staff Staff, FirstRunForm Form)
{
    public Visitor Visitor => Staff.Visitor;

    /// <summary>What a field is called.</summary>
    public string Label(string field) => Visitor.T.SetupField(field.Replace('_', '-'));

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Form.Fields.Problems.Find(one => one.Field == field) is { } problem ? Sentence(problem) : null;

    /// <summary>What is wrong, in words.</summary>
    public string Sentence(FieldProblem problem) =>
        problem.Field.StartsWith("hours", StringComparison.Ordinal) ? Visitor.T.SetupHoursProblem
        : problem.Field == "rooms" ? Visitor.T.ProblemNumber(problem.Limit)
        : Wording.Of(Visitor.T, problem);
}
