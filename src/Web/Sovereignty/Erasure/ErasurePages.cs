using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>Erases a person from the page about them: with what goes and what stays said before, and a certificate afterwards.</summary>
internal static class ErasurePages
{
    private const int LongestReason = 300;

    /// <summary><c>GET /praxis/kunden/{id}/vergessen</c></summary>
    public static IResult Ask(Staff staff, RowId id, Readers readers) =>
        readers.Read(db => ErasureView.Load(db, staff, id.Value)) is { } view ? Page.Ok(ErasePage.Create(view)) : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/kunden/{id}/vergessen</c></summary>
    public static async Task<IResult> Erase(Staff staff, RowId id, Writer writer, Readers readers, DataFolder folder)
    {
        var form = await staff.Visitor.Form();
        if (readers.Read(db => ErasureView.Load(db, staff, id.Value)) is not { } view) return OwnerPages.NotThere(staff);
        if (view.Hold is not null) return Page.With(ErasePage.Create(view), StatusCodes.Status409Conflict);
        if (form["sicher"] != "1") return Page.Again(ErasePage.Create(view with { Wrong = ["sicher"] }));
        var entry = await writer.Write(change =>
        {
            var person = Person.Of(change.Db, id.Value);
            return person.Owners.Count == 0 || Erasing.HeldBack(change.Db, person, staff.Visitor.Today) is not null ? null : Erasing.Erase(change, folder, staff.Actor, person);
        });
        if (entry is null) return Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}"));
        using (var db = Db.Open(folder.Database)) Erasing.CleanUp(db, folder);
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/loeschungen/{entry.Entry}"));
    }

    /// <summary><c>GET /praxis/loeschungen/{id}</c></summary>
    public static IResult Certificate(Staff staff, RowId id, DataFolder folder) =>
        ErasureCertificate.Load(staff, folder, id.Value) is { } certificate ? Page.Ok(ErasedPage.Create(certificate)) : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/kunden/{id}/sperre</c>: somebody must not be erased yet, or may be again.</summary>
    public static async Task<IResult> Hold(Staff staff, RowId id, Writer writer, Readers readers)
    {
        var (form, fields) = (await staff.Visitor.Form(), new Fields());
        if (readers.Read(db => ErasureView.Load(db, staff, id.Value)) is not { } view) return OwnerPages.NotThere(staff);
        var end = form["ende"] == "1";
        var reason = fields.Required("grund", form["grund"].ToString(), LongestReason);
        var until = LocalDatePattern.Iso.Parse(form["bis"].ToString());
        if (!end)
        {
            List<string> wrong = fields.Problems.Count > 0 ? ["grund"] : [];
            if (!until.Success || until.Value <= staff.Visitor.Today || until.Value > staff.Visitor.Today.PlusYears(30)) wrong.Add("bis");
            if (wrong.Count > 0) return Page.Again(ErasePage.Create(view with { Reason = form["grund"].ToString(), Until = form["bis"].ToString(), Wrong = wrong }));
        }
        await writer.Write(change =>
        {
            if (end) return LegalHold.End(change, staff.Actor, id.Value);
            return LegalHold.Set(change, staff, new LegalHold(id.Value, reason, until.Value));
        });
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}/vergessen"));
    }
}
