using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Animals;

/// <summary>The page on which staff note that an animal has died or was given away.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Animal">The animal.</param>
/// <param name="Coming">What would be called off.</param>
public sealed record DepartureModel(Staff Staff, AnimalRecord Animal, IReadOnlyList<VisitLine> Coming)
{
    public string Why { get; init; } = "";
    public string On { get; init; } = "";

    /// <summary>The appointments that are ticked; all, until somebody says otherwise.</summary>
    public IReadOnlySet<long>? Ticked { get; init; }

    /// <summary>Fields with something wrong in them.</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Sentence(string field) => !Wrong.Contains(field) ? null : field == "grund" ? Staff.T.ClientsDepartWhy : Staff.T.ClientsDepartDate;
}

/// <summary>Died, or given away: noted at once, with everything that follows.</summary>
internal static class DeparturePages
{
    /// <summary><c>GET /praxis/tiere/{id}/abschied</c></summary>
    public static IResult Ask(Staff staff, RowId id, Readers readers) => readers.Read(db => Load(db, staff, id.Value)) is { } model
        ? Page.Ok(DeparturePage.Create(model))
        : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/tiere/{id}/abschied</c></summary>
    public static async Task<IResult> Note(Staff staff, RowId id, Writer writer, Readers readers)
    {
        var form = await staff.Visitor.Form();
        if (readers.Read(db => Load(db, staff, id.Value)) is not { } model) return OwnerPages.NotThere(staff);
        var (why, on) = (form["grund"].ToString(), form["am"].ToString());
        if (why == "doch-da")
        {
            await writer.Write(change =>
            {
                Departures.TakeBack(change, staff.Actor, id.Value);
                return true;
            });
            return Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}"));
        }
        var ticked = form["absagen"].Select(one => long.TryParse(one, out var visit) ? visit : 0).ToHashSet();
        List<string> wrong = [];
        if (why is not ("died" or "given-away")) wrong.Add("grund");
        if (LocalDatePattern.Iso.Parse(on) is not { Success: true } date || date.Value > staff.Visitor.Today || date.Value < new LocalDate(1950, 1, 1)) wrong.Add("am");
        if (wrong.Count > 0) return Page.Again(DeparturePage.Create(model with { Why = why, On = on, Ticked = ticked, Wrong = wrong }));
        await writer.Write(change =>
        {
            if (AnimalRecord.Load(change.Db, id.Value) is not null) Departures.Note(change, staff.Actor, id.Value, (why, on), ticked);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}"));
    }

    private static DepartureModel? Load(Db db, Staff staff, long id) => AnimalRecord.Load(db, id) is { } animal
        ? new DepartureModel(staff, animal, Departures.ComingAlone(db, id, staff.Now))
        {
            Why = animal.Departed ?? "",
            On = animal.DepartedOn ?? LocalDatePattern.Iso.Format(staff.Visitor.Today),
        }
        : null;
}
