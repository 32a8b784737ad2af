using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Editing;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Animals;

/// <summary>An animal, and what staff change about it.</summary>
internal static class AnimalRecordPages
{
    /// <summary><c>GET /praxis/tiere/{id}</c></summary>
    public static IResult Show(Staff staff, RowId id, Readers readers) => readers.Read(db => AnimalView.Load(db, staff, id.Value)) is { } view
        ? Page.Ok(AnimalPage.Create(view))
        : OwnerPages.NotThere(staff);

    /// <summary><c>GET /praxis/kunden/{id}/tiere/neu</c></summary>
    public static IResult AskNew(Staff staff, RowId id, Readers readers) => readers.Read(db => OwnerRecord.Load(db, id.Value)) is { } owner
        ? Page.Ok(EditPage.Create(ForNew(staff, owner, AnimalForm.Values(new AnimalFacts { Name = "", Species = "" }))))
        : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/kunden/{id}/tiere/neu</c></summary>
    public static async Task<IResult> Add(Staff staff, RowId id, Writer writer, Readers readers)
    {
        if (readers.Read(db => OwnerRecord.Load(db, id.Value)) is not { } owner) return OwnerPages.NotThere(staff);
        var (typed, check) = (Fields(staff).Typed(await staff.Visitor.Form()), new Fields());
        var facts = AnimalForm.Read(typed, staff.Visitor.Profile, staff.Visitor.Today, check);
        if (check.Problems.Count > 0) return Page.Again(EditPage.Create(ForNew(staff, owner, typed) with { Problems = check.Problems }));
        var added = await writer.Write(change =>
        {
            if (OwnerRecord.Load(change.Db, id.Value) is null) return 0;
            var animal = AnimalRecord.Add(change, id.Value, facts);
            Audit.Add(change, staff.Actor, "animal.made", "animal", animal);
            return animal;
        });
        return added == 0 ? OwnerPages.NotThere(staff) : Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}"));
    }

    /// <summary><c>GET /praxis/tiere/{id}/daten</c></summary>
    public static IResult AskChange(Staff staff, RowId id, Readers readers) => readers.Read(db => AnimalRecord.Load(db, id.Value)) is { } animal
        ? Page.Ok(EditPage.Create(ForKnown(staff, animal, AnimalForm.Values(animal.Facts))))
        : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/tiere/{id}/daten</c></summary>
    public static async Task<IResult> Save(Staff staff, RowId id, Writer writer, Readers readers)
    {
        if (readers.Read(db => AnimalRecord.Load(db, id.Value)) is not { } before) return OwnerPages.NotThere(staff);
        var (form, check, fields) = (await staff.Visitor.Form(), new Fields(), Fields(staff));
        var typed = fields.Typed(form);
        var facts = AnimalForm.Read(typed, staff.Visitor.Profile, staff.Visitor.Today, check);
        var editor = ForKnown(staff, before, typed) with { Revision = EditValues.Revision(form), Before = fields.Before(form) };
        if (check.Problems.Count > 0) return Page.Again(EditPage.Create(editor with { Problems = check.Problems }));
        var newer = await writer.Write(change =>
        {
            if (AnimalRecord.Load(change.Db, id.Value) is not { } stored || stored.Revision != editor.Revision) return AnimalRecord.Load(change.Db, id.Value);
            AnimalRecord.Save(change, id.Value, facts);
            Audit.Add(change, staff.Actor, "animal.changed", "animal", id.Value);
            return null;
        });
        return newer is null
            ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}"))
            : Page.With(EditPage.Create(editor.After(newer.Revision, AnimalForm.Values(newer.Facts))), StatusCodes.Status409Conflict);
    }

    private static IReadOnlyList<EditField> Fields(Staff staff) => AnimalForm.Fields(staff.T, staff.Visitor.Profile);

    private static EditModel ForNew(Staff staff, OwnerRecord owner, Dictionary<string, string> values) => new(
        staff, staff.T.ClientsAnimalNewOf(owner.Facts.Name), staff.Visitor.Url($"/praxis/kunden/{owner.Id}/tiere/neu"), staff.Visitor.Url($"/praxis/kunden/{owner.Id}"))
    {
        Fields = Fields(staff), Values = values, Sentence = problem => AnimalForm.Sentence(staff.T, problem),
    };

    private static EditModel ForKnown(Staff staff, AnimalRecord animal, Dictionary<string, string> values) => new(
        staff, staff.T.ClientsEditOf(animal.Facts.Name), staff.Visitor.Url($"/praxis/tiere/{animal.Id}/daten"), staff.Visitor.Url($"/praxis/tiere/{animal.Id}"))
    {
        Fields = Fields(staff), Values = values, Revision = animal.Revision, Sentence = problem => AnimalForm.Sentence(staff.T, problem),
    };
}
