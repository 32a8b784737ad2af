using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Entry;

/// <summary>Asks somebody who is signed in to show once more that it is they: before what opens doors or cannot be undone.</summary>
internal static class ProofPages
{
    /// <summary><c>GET /praxis/anmelden/nachweis</c></summary>
    public static IResult Show(Staff staff, Door door, Readers readers) => Page.Ok(Form(staff, door, readers, staff.Visitor.Asked("zurueck")));

    /// <summary><c>POST /praxis/anmelden/nachweis/frage</c>: one of this very account's passkeys.</summary>
    public static async Task<IResult> AskPasskey(Staff staff, Door door) =>
        door.Passkeys.IsPossible ? await door.Passkeys.AskWho(staff.Visitor.Http, staff.Account) : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/anmelden/nachweis</c></summary>
    public static async Task<IResult> Prove(Staff staff, Door door, Readers readers, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var (t, back) = (staff.T, form["zurueck"].ToString());
        IResult Again(int status, string field, string sentence) => Page.With(Form(staff, door, readers, back, new Fault(field, sentence)), status);

        var account = staff.Account.Id;
        if (form["passkey"].ToString() is { Length: > 0 } answer)
        {
            if (await door.Passkeys.Who(staff.Visitor.Http, answer, form["zustand"].ToString()) is not var (holder, passkey) || holder != account)
            {
                return Again(StatusCodes.Status422UnprocessableEntity, "inhalt", t.SigninPasskeyWrong);
            }
            await writer.Write(change =>
            {
                Passkeys.PasskeyChecks.Update(change, passkey);
                Sessions.Prove(change, staff.Session);
                return true;
            });
            return Visitor.SeeOther(WayIn.LocalPath(back));
        }
        var (key, block) = ($"proof {account}", staff.Visitor.Http.Block());
        if (door.Attempts.TooMany(key, block) is { } slowed) return Again(StatusCodes.Status429TooManyRequests, "passwort", WayIn.TooOften(staff.Visitor, slowed.Wait));
        var who = readers.Read(db => Accounts.ById(db, account, staff.Now));
        var verdict = await door.Passwords.Compare(who is { HasPassword: true } ? who.PasswordHash : null, form["passwort"].ToString());
        if (verdict is null) return Again(StatusCodes.Status429TooManyRequests, "passwort", t.SigninWait);
        var proved = verdict != PasswordAnswer.Wrong && await writer.Write(change =>
        {
            if (Accounts.ById(change.Db, account, change.Now) is not { HasPassword: true } now) return false;
            if (!Accounts.TakeCode(change, now, door.Steps.Unlock(now.TotpSecret), form["code"].ToString())) return false;
            Sessions.Prove(change, staff.Session);
            return true;
        });
        if (!proved)
        {
            await WayIn.Note(writer, "proof.refused", account);
            return Again(StatusCodes.Status422UnprocessableEntity, "passwort", t.SigninProofWrong);
        }
        door.Attempts.Right(key, block);
        return Visitor.SeeOther(WayIn.LocalPath(back));
    }

    private static RazorSlices.RazorSlice<ProofModel> Form(Staff staff, Door door, Readers readers, string back, params IReadOnlyList<Fault> faults)
    {
        var (who, passkeys) = readers.Read(db => (Accounts.ById(db, staff.Account.Id, staff.Now), db.Number("SELECT count(*) FROM passkey WHERE account_id = $id", ("$id", staff.Account.Id))));
        var code = staff.Visitor.Profile.IsDemo && door.Steps.Unlock(who?.TotpSecret) is { } secret ? Totp.CodeAt(secret, staff.Now, who!.TotpStep) : null;
        return ProofForm.Create(new ProofModel(staff, WayIn.LocalPath(back))
        {
            Faults = faults,
            WithPasskey = passkeys > 0 && door.Passkeys.IsPossible,
            WithPassword = who is { HasPassword: true },
            DemoCode = code,
        });
    }
}

/// <summary>The page that asks once more.</summary>
public sealed record ProofModel(Staff Staff, string Back) : DoorModel(Staff.Visitor)
{
    public bool WithPasskey { get; init; }
    public bool WithPassword { get; init; }
    public string? DemoCode { get; init; }
}
