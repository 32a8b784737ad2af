using System.Globalization;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Editing;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Owners;

/// <summary>The practice's clients: all of them, each of them, and what staff change about them.</summary>
internal static class OwnerPages
{
    /// <summary><c>GET /praxis/kunden</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var letter = staff.Visitor.Asked("ab") is [>= 'a' and <= 'z'] asked ? asked : "";
        var page = int.TryParse(staff.Visitor.Asked("seite"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 100_000) : 1;
        return Page.Ok(OwnerList.Create(readers.Read(db => OwnerListModel.Load(db, staff, letter, page))));
    }

    /// <summary><c>GET /praxis/kunden/{id}</c></summary>
    public static IResult Show(Staff staff, RowId id, Readers readers) => readers.Read(db => OwnerView.Load(db, staff, id.Value)) is { } view
        ? Page.Ok(OwnerPage.Create(view))
        : NotThere(staff);

    /// <summary><c>GET /praxis/kunden/neu</c></summary>
    public static IResult AskNew(Staff staff) => Page.Ok(EditPage.Create(Editor(staff, null, OwnerForm.Values(new OwnerFacts { Name = "" }))));

    /// <summary><c>POST /praxis/kunden/neu</c></summary>
    public static async Task<IResult> Add(Staff staff, Writer writer, Readers readers)
    {
        var (form, check) = (await staff.Visitor.Form(), new Fields());
        var typed = OwnerForm.Fields(staff.T).Typed(form);
        var facts = OwnerForm.Read(typed, check);
        var editor = Editor(staff, null, typed) with { Problems = check.Problems };
        if (check.Problems.Count > 0) return Page.Again(EditPage.Create(editor));
        var alike = form["another"] == "1" ? [] : readers.Read(db => OwnerSearch.Alike(db, facts.EmailKey, facts.Phones));
        if (alike.Count > 0) return Page.Again(EditPage.Create(editor with { Alike = [.. alike.Select(one => (staff.Visitor.Url($"/praxis/kunden/{one.Id}"), one.Line))] }));
        var id = await writer.Write(change =>
        {
            var added = OwnerRecord.Add(change, facts);
            Audit.Add(change, staff.Actor, "owner.made", "owner", added);
            return added;
        });
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id}"));
    }

    /// <summary><c>GET /praxis/kunden/{id}/daten</c></summary>
    public static IResult AskChange(Staff staff, RowId id, Readers readers) => readers.Read(db => OwnerRecord.Load(db, id.Value)) is { } owner
        ? Page.Ok(EditPage.Create(Editor(staff, owner, OwnerForm.Values(owner.Facts))))
        : NotThere(staff);

    /// <summary><c>POST /praxis/kunden/{id}/daten</c></summary>
    public static async Task<IResult> Save(Staff staff, RowId id, Writer writer, Readers readers)
    {
        if (readers.Read(db => OwnerRecord.Load(db, id.Value)) is not { } before) return NotThere(staff);
        var (form, check, fields) = (await staff.Visitor.Form(), new Fields(), OwnerForm.Fields(staff.T));
        var typed = fields.Typed(form);
        var facts = OwnerForm.Read(typed, check);
        var editor = Editor(staff, before, typed) with { Revision = EditValues.Revision(form), Before = fields.Before(form) };
        if (check.Problems.Count > 0) return Page.Again(EditPage.Create(editor with { Problems = check.Problems }));
        var newer = await writer.Write(change =>
        {
            if (OwnerRecord.Load(change.Db, id.Value) is not { } stored || stored.Revision != editor.Revision) return OwnerRecord.Load(change.Db, id.Value);
            OwnerRecord.Save(change, id.Value, facts);
            Audit.Add(change, staff.Actor, "owner.changed", "owner", id.Value);
            return null;
        });
        return newer is null
            ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}"))
            : Page.With(EditPage.Create(editor.After(newer.Revision, OwnerForm.Values(newer.Facts))), StatusCodes.Status409Conflict);
    }

    /// <summary><c>POST /praxis/kunden/{id}/loeschung</c>: only what nothing hangs on, but for good; erasing a person with all that is theirs has a page of its own.</summary>
    public static async Task<IResult> Delete(Staff staff, RowId id, Writer writer, DataFolder folder)
    {
        var deleted = await writer.Write(change =>
        {
            var person = Person.Of(change.Db, id.Value);
            if (person.Owners.Count == 0 || !OwnerView.IsEmpty(change.Db, id.Value)) return false;
            Audit.Add(change, staff.Actor, "owner.deleted", "owner", id.Value);
            Erasing.Erase(change, folder, staff.Actor, person);
            return true;
        });
        if (deleted)
        {
            using var db = Db.Open(folder.Database);
            Erasing.CleanUp(db, folder);
        }
        return Visitor.SeeOther(staff.Visitor.Url(deleted ? "/praxis/kunden" : $"/praxis/kunden/{id.Value}"));
    }

    /// <summary>The page for a client, an animal or anything else of theirs that is not there.</summary>
    internal static IResult NotThere(Staff staff) => Page.With(NoSuchClient.Create(staff), StatusCodes.Status404NotFound);

    private static EditModel Editor(Staff staff, OwnerRecord? owner, Dictionary<string, string> values) => new(
        staff, owner is null ? staff.T.ClientsNew : staff.T.ClientsEditOf(owner.Facts.Name),
        staff.Visitor.Url(owner is null ? "/praxis/kunden/neu" : $"/praxis/kunden/{owner.Id}/daten"),
        staff.Visitor.Url(owner is null ? "/praxis/kunden" : $"/praxis/kunden/{owner.Id}"))
    {
        Fields = OwnerForm.Fields(staff.T),
        Values = values,
        Revision = owner?.Revision ?? 0,
    };
}
