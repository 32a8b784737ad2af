using VetBooking.Web.FrontDesk;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList.Desk;

/// <summary>The waiting list as the front desk sees it, and what it does with it.</summary>
internal static class QueuePages
{
    public const string Address = "/praxis/warteliste";

    /// <summary><c>GET /praxis/warteliste</c></summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var filter = FilterOf(staff.Visitor.Asked("nur"));
        var model = readers.Read(db => QueueModel.Load(db, staff, filter, staff.Visitor.Asked("anliegen")));
        return Page.Ok(QueuePage.Create(model with { Said = staff.Visitor.Asked("gesagt") is { Length: > 0 } said ? said : null }));
    }

    /// <summary><c>GET /praxis/warteliste/neu</c></summary>
    public static IResult AskNew(Staff staff, Readers readers) =>
        Page.Ok(EntryFormPage.Create(EntryForm.New(staff, PhonePages.OwnerOf(staff, readers, staff.Visitor.Asked("owner")))));

    /// <summary><c>POST /praxis/warteliste/neu</c></summary>
    public static async Task<IResult> Add(Staff staff, Writer writer, Readers readers, MailSignal mail)
    {
        var form = EntryForm.Read(staff, await staff.Visitor.Form(), null);
        var (wish, problems) = form.Check(PhonePages.OwnerOf(staff, readers, form.Owner), null);
        if (wish is null) return Page.Again(EntryFormPage.Create(form with { Problems = problems }));
        await writer.Write(change => Entries.Add(change, staff.Actor, wish));
        mail.Ring();
        return Said(staff, "added");
    }

    /// <summary><c>GET /praxis/warteliste/{id}</c></summary>
    public static IResult AskEdit(Staff staff, RowId id, Readers readers) => Waiting(readers, id) is { } entry
        ? Page.Ok(EntryFormPage.Create(EntryForm.Of(staff, entry)))
        : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/warteliste/{id}</c></summary>
    public static async Task<IResult> Save(Staff staff, RowId id, Writer writer, Readers readers, MailSignal mail)
    {
        var form = EntryForm.Read(staff, await staff.Visitor.Form(), id.Value);
        if (readers.Read(db => Entry.Load(db, id.Value)) is not { } entry) return NotFoundPage.Show(staff.Visitor);
        var (wish, problems) = form.Check(null, entry);
        if (wish is null) return Page.Again(EntryFormPage.Create(form with { Problems = problems }));
        if (!await writer.Write(change => Entries.Revise(change, staff.Actor, (id.Value, form.Revision), wish))) return Page.Again(EntryFormPage.Create(form with { IsStale = true }));
        mail.Ring();
        return Said(staff, "saved");
    }

    /// <summary><c>POST /praxis/warteliste/{id}/ende</c></summary>
    public static async Task<IResult> Remove(Staff staff, RowId id, Writer writer, MailSignal mail)
    {
        var removed = await writer.Write(change =>
        {
            if (Entry.Load(change.Db, id.Value) is not { State: not EntryState.Ended }) return false;
            Entries.End(change, staff.Actor, id.Value, "removed");
            Offering.Look(change);
            return true;
        });
        mail.Ring();
        return removed ? Said(staff, "removed") : NotFoundPage.Show(staff.Visitor);
    }

    /// <summary>The word of a filter in addresses.</summary>
    public static string WordOf(QueueFilter filter) => filter switch
    {
        QueueFilter.Urgent => "dringend",
        QueueFilter.Offered => "angebot",
        QueueFilter.Unoffered => "ohne",
        _ => "",
    };

    private static QueueFilter FilterOf(string word) => Enum.GetValues<QueueFilter>().FirstOrDefault(filter => WordOf(filter) == word);

    private static Entry? Waiting(Readers readers, RowId id) => readers.Read(db => Entry.Load(db, id.Value)) is { State: EntryState.Waiting } entry ? entry : null;

    private static IResult Said(Staff staff, string what) => Visitor.SeeOther(staff.Visitor.Url(Address, ("gesagt", what)));
}
