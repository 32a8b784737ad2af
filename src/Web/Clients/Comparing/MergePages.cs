using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Editing;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Comparing;

/// <summary>The page on which somebody looks for a record's double.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Owner">The record that stays.</param>
/// <param name="Found">What was found.</param>
/// <param name="Searched">What was searched for; empty for what looks like a double by itself.</param>
public sealed record FindDoubleModel(Staff Staff, OwnerRecord Owner, IReadOnlyList<OwnerHit> Found, string Searched);

/// <summary>Two records of one person become one.</summary>
internal static class MergePages
{
    /// <summary><c>GET /praxis/kunden/{id}/zusammenlegung</c></summary>
    public static IResult Ask(Staff staff, RowId id, Readers readers) => Find(staff, id, readers, "");

    /// <summary><c>POST /praxis/kunden/{id}/zusammenlegung/suche</c></summary>
    public static async Task<IResult> Search(Staff staff, RowId id, Readers readers) => Find(staff, id, readers, (await staff.Visitor.Form())["suche"].ToString());

    /// <summary><c>GET /praxis/kunden/{id}/zusammenlegung/{other}</c></summary>
    public static IResult Compare(Staff staff, RowId id, RowId other, Readers readers) =>
        readers.Read(db => Both(db, id, other)) is var (kept, gone) && kept is not null && gone is not null
            ? Page.Ok(EditPage.Create(Editor(staff, kept, gone)))
            : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/kunden/{id}/zusammenlegung/{other}</c></summary>
    public static async Task<IResult> Merge(Staff staff, RowId id, RowId other, Writer writer, Readers readers)
    {
        if (readers.Read(db => Both(db, id, other)) is not { Kept: { } kept, Gone: { } gone }) return OwnerPages.NotThere(staff);
        var (form, check) = (await staff.Visitor.Form(), new Fields());
        var facts = OwnerForm.Read(OwnerForm.Fields(staff.T).Typed(form), check);
        // Somebody changed one of them meanwhile, or sent what no page asked for: look again.
        if (check.Problems.Count > 0 || EditValues.Revision(form) != Revision(kept, gone)) return Page.With(EditPage.Create(Editor(staff, kept, gone)), StatusCodes.Status409Conflict);
        var done = await writer.Write(change =>
        {
            if (Both(change.Db, id, other) is not { Kept: { } nowKept, Gone: { } nowGone } || Revision(nowKept, nowGone) != Revision(kept, gone)) return false;
            Merges.Do(change, staff.Actor, (kept.Id, gone.Id), facts);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url(done ? $"/praxis/kunden/{kept.Id}" : $"/praxis/kunden/{kept.Id}/zusammenlegung"));
    }

    /// <summary><c>POST /praxis/kunden/{id}/trennung</c></summary>
    public static async Task<IResult> TakeBack(Staff staff, RowId id, Writer writer)
    {
        await writer.Write(change => Merges.TakeBack(change, staff.Actor, id.Value));
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}"));
    }

    private static IResult Find(Staff staff, RowId id, Readers readers, string typed)
    {
        var model = readers.Read(db => OwnerRecord.Load(db, id.Value) is { } owner
            ? new FindDoubleModel(staff, owner, typed.Length > 0 ? OwnerSearch.Find(db, typed) : OwnerSearch.Alike(db, owner.Facts.EmailKey, owner.Facts.Phones), typed)
            : null);
        return model is null ? OwnerPages.NotThere(staff) : Page.Ok(FindDouble.Create(model with { Found = [.. model.Found.Where(hit => hit.Id != id.Value)] }));
    }

    private static (OwnerRecord? Kept, OwnerRecord? Gone) Both(Db db, RowId id, RowId other) =>
        id == other ? default : (OwnerRecord.Load(db, id.Value), OwnerRecord.Load(db, other.Value));

    private static long Revision(OwnerRecord kept, OwnerRecord gone) => kept.Revision * 1_000_000 + gone.Revision;

    private static EditModel Editor(Staff staff, OwnerRecord kept, OwnerRecord gone)
    {
        var (fields, mine, theirs) = (OwnerForm.Fields(staff.T), OwnerForm.Values(kept.Facts), OwnerForm.Values(gone.Facts));
        return new EditModel(
            staff, staff.T.ClientsMergeOf(kept.Facts.Name, gone.Facts.Name),
            staff.Visitor.Url($"/praxis/kunden/{kept.Id}/zusammenlegung/{gone.Id}"), staff.Visitor.Url($"/praxis/kunden/{kept.Id}/zusammenlegung"))
        {
            Fields = fields,
            Values = fields.ToDictionary(field => field.Name, field => mine[field.Name].Length > 0 ? mine[field.Name] : theirs[field.Name]),
            Revision = Revision(kept, gone),
            IsMerge = true,
            Clashes = [.. fields.Where(field => mine[field.Name] != theirs[field.Name] && mine[field.Name].Length > 0 && theirs[field.Name].Length > 0)
                .Select(field => new Clash(field, mine[field.Name], theirs[field.Name], KeepMine: false))],
        };
    }
}
