using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.ToStaff;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Own;

/// <summary>What one gets by mail, and where: the address one signs in with, and the list of the next day.</summary>
internal static class AddressPages
{
    /// <summary>When the list can be had.</summary>
    public static readonly IReadOnlyList<string> ListTimes = ["12:00", "14:00", "16:00", "17:00", "18:00", "19:00", "20:00", "21:00"];

    /// <summary><c>GET /praxis/konto/adresse</c></summary>
    public static IResult Ask(Staff staff, Readers readers) => Page.Ok(AddressForm.Create(Form(staff, readers)));

    /// <summary><c>POST /praxis/konto/adresse</c>: sends the link to the new address.</summary>
    public static async Task<IResult> Send(Staff staff, Readers readers, Writer writer, MailSignal signal)
    {
        var (form, fields) = (await staff.Visitor.Form(), new Fields());
        var email = fields.Email("email", form["email"]);
        var model = Form(staff, readers) with { Typed = form["email"].ToString() };
        if (fields.Problems is [var problem, ..]) return Page.Again(AddressForm.Create(model with { Faults = [new Fault("email", Wording.Of(staff.T, problem))] }));
        if (!await writer.Write(change => NewAddress.Ask(change, staff.Actor, staff.Account.Id, email!)))
        {
            return Page.Again(AddressForm.Create(model with { Faults = [new Fault("email", staff.T.StaffmailOwnAddressTaken)] }));
        }
        signal.Ring();
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto/adresse"));
    }

    /// <summary><c>GET /praxis/konto/adresse/{token}</c>: behind the mailed link; opening it changes nothing.</summary>
    public static IResult Show(Staff staff, string token, Readers readers) =>
        readers.Read(db => NewAddress.Opens(db, staff.Account.Id, token, staff.Now)) ? Page.Ok(AddressForm.Create(Form(staff, readers) with { Token = token })) : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/konto/adresse/{token}</c></summary>
    public static async Task<IResult> Confirm(Staff staff, string token, Readers readers, Writer writer, MailSignal signal)
    {
        var done = await writer.Write(change => NewAddress.Confirm(change, staff, token));
        if (done is null) return NotFoundPage.Show(staff.Visitor);
        if (done == false) return Page.Again(AddressForm.Create(Form(staff, readers) with { Faults = [new Fault("email", staff.T.StaffmailOwnAddressTaken)] }));
        signal.Ring();
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto"));
    }

    /// <summary><c>POST /praxis/konto/liste</c></summary>
    public static async Task<IResult> SetList(Staff staff, Writer writer, MailSignal signal)
    {
        var form = await staff.Visitor.Form();
        var at = ListTimes.FirstOrDefault(time => time == form["um"].ToString());
        await writer.Write(change =>
        {
            change.Db.Execute(
                "UPDATE account SET list_own = $own, language = $language WHERE id = $id",
                ("$own", form["eigene"] == "1" ? 1L : 0L), ("$language", staff.T.Language), ("$id", staff.Account.Id));
            TomorrowList.SetDue(change, staff.Account.Id, at);
            Audit.Add(change, staff.Actor, "list.set", "account", staff.Account.Id, at ?? "never");
            return true;
        });
        signal.Ring();
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto") + "#liste");
    }

    private static AddressModel Form(Staff staff, Readers readers) => new(staff, readers.Read(db => NewAddress.Waiting(db, staff.Account.Id, staff.Now)));
}

/// <summary>The page of one's own address.</summary>
/// <param name="Staff">Whose.</param>
/// <param name="Waiting">The address that waits for its link; null if none does.</param>
public sealed record AddressModel(Staff Staff, string? Waiting) : DoorModel(Staff.Visitor)
{
    public string Typed { get; init; } = "";

    /// <summary>The token of the link that was opened; null if none was.</summary>
    public string? Token { get; init; }
}
