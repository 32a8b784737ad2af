using System.Buffers.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.SignIn.Passkeys;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Own;

/// <summary>Changes with what one gets in. All of it wants a fresh proof, and ends one's other sessions.</summary>
internal static class WayInPages
{
    private const int LongestName = 40;

    /// <summary><c>GET /praxis/konto/passwort</c>: a new password; with an app, if there is none yet.</summary>
    public static IResult AskPassword(Staff staff, Door door, Readers readers) => Page.Ok(Form(staff, door, WhatFor(staff, readers)));

    /// <summary><c>GET /praxis/konto/app</c>: another app.</summary>
    public static IResult AskApp(Staff staff, Door door, Readers readers) => Page.Ok(Form(staff, door, Mine(staff, readers).HasPassword ? Renewal.App : Renewal.Both));

    /// <summary><c>POST /praxis/konto/passwort</c></summary>
    public static async Task<IResult> Password(Staff staff, Door door, Readers readers, Writer writer)
    {
        if (WhatFor(staff, readers) == Renewal.Both) return await Save(staff, door, writer, Renewal.Both);
        var password = (await staff.Visitor.Form())["neues-passwort"].ToString();
        if (NewPassword.Problem(staff.Visitor, staff.Account, password) is { } sentence) return Page.Again(Form(staff, door, Renewal.Password, new Fault("neues-passwort", sentence)));
        if (await door.Passwords.Hash(password) is not { } hash) return Page.Again(Form(staff, door, Renewal.Password, new Fault("neues-passwort", staff.T.SigninWait)));
        await writer.Write(change =>
        {
            change.Db.Execute("UPDATE account SET password_hash = $hash WHERE id = $id", ("$hash", hash), ("$id", staff.Account.Id));
            Changed(change, staff, "password.changed");
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto"));
    }

    /// <summary><c>POST /praxis/konto/app</c></summary>
    public static async Task<IResult> App(Staff staff, Door door, Readers readers, Writer writer) =>
        await Save(staff, door, writer, Mine(staff, readers).HasPassword ? Renewal.App : Renewal.Both);

    /// <summary><c>GET /praxis/konto/passkey</c></summary>
    public static IResult ShowPasskey(Staff staff, Door door) => Page.Ok(NewPasskeyPage.Create(new NewPasskeyModel(staff, door.Passkeys.IsPossible)));

    /// <summary><c>POST /praxis/konto/passkey/frage</c></summary>
    public static async Task<IResult> AskPasskey(Staff staff, Door door) =>
        door.Passkeys.IsPossible ? await door.Passkeys.AskNew(staff.Visitor.Http, staff.Account) : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/konto/passkey</c></summary>
    public static async Task<IResult> AddPasskey(Staff staff, Door door, Writer writer)
    {
        var (form, fields) = (await staff.Visitor.Form(), new Fields());
        var name = fields.Optional("schluesselname", form["schluesselname"], LongestName) is { Length: > 0 } typed ? typed : staff.T.SigninPasskeyFirst;
        if (await door.Passkeys.New(staff.Visitor.Http, staff.Account, form["passkey"].ToString(), form["zustand"].ToString()) is not { } passkey)
        {
            return Page.Again(NewPasskeyPage.Create(new NewPasskeyModel(staff, door.Passkeys.IsPossible) { Faults = [new Fault("inhalt", staff.T.SigninPasskeyWrong)] }));
        }
        await writer.Write(change =>
        {
            PasskeyChecks.Save(change, staff.Account.Id, passkey, name);
            Sessions.EndAll(change, staff.Actor, staff.Account.Id, but: staff.Session.Id);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto"));
    }

    /// <summary><c>POST /praxis/konto/passkey/{id}/name</c></summary>
    public static async Task<IResult> RenamePasskey(Staff staff, string id, Writer writer)
    {
        var fields = new Fields();
        var name = fields.Required("name", (await staff.Visitor.Form())["name"], LongestName);
        if (fields.Problems.Count > 0 || !Base64Url.IsValid(id)) return NotFoundOrBack(staff, fields.Problems.Count > 0);
        var renamed = await writer.Write(change => change.Db.Execute(
            "UPDATE passkey SET name = $name WHERE credential_id = $id AND account_id = $account",
            ("$name", name), ("$id", Base64Url.DecodeFromChars(id)), ("$account", staff.Account.Id)));
        return NotFoundOrBack(staff, renamed > 0);
    }

    /// <summary><c>POST /praxis/konto/passkey/{id}/entfernung</c>: never the last way in.</summary>
    public static async Task<IResult> RemovePasskey(Staff staff, string id, Writer writer)
    {
        if (!Base64Url.IsValid(id)) return NotFoundPage.Show(staff.Visitor);
        var removed = await writer.Write(change =>
        {
            var others = change.Db.Number("SELECT count(*) FROM passkey WHERE account_id = $account AND credential_id <> $id", ("$account", staff.Account.Id), ("$id", Base64Url.DecodeFromChars(id)));
            if (others == 0 && Accounts.ById(change.Db, staff.Account.Id, change.Now) is not { HasPassword: true }) return false;
            if (change.Db.Execute("DELETE FROM passkey WHERE credential_id = $id AND account_id = $account", ("$id", Base64Url.DecodeFromChars(id)), ("$account", staff.Account.Id)) == 0) return false;
            Changed(change, staff, "passkey.removed");
            return true;
        });
        return NotFoundOrBack(staff, removed);
    }

    private static async Task<IResult> Save(Staff staff, Door door, Writer writer, Renewal what)
    {
        var typed = NewPassword.Read(staff.Visitor, door, staff.Account, await staff.Visitor.Form(), withPassword: what == Renewal.Both);
        if (typed.Faults.Count > 0) return Page.Again(Form(staff, typed, what));
        var hash = what == Renewal.Both ? await door.Passwords.Hash(typed.Password) : null;
        if (what == Renewal.Both && hash is null) return Page.Again(Form(staff, typed, what, new Fault("neues-passwort", staff.T.SigninWait)));
        var codes = await writer.Write(change =>
        {
            change.Db.Execute(
                "UPDATE account SET password_hash = coalesce($hash, password_hash), totp_secret = $secret, totp_step = $step WHERE id = $id",
                ("$hash", hash), ("$secret", door.Steps.Lock(typed.Secret)), ("$step", typed.Step), ("$id", staff.Account.Id));
            Changed(change, staff, what == Renewal.Both ? "password.changed" : "app.changed");
            return RecoveryCodes.Renew(change, staff.Account.Id);
        });
        door.ShownOnce.Put(staff.Session.Id, InvitationPages.Codes, codes);
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/konto/codes"));
    }

    private static void Changed(Change change, Staff staff, string act)
    {
        Audit.Add(change, staff.Actor, act, "account", staff.Account.Id);
        Sessions.EndAll(change, staff.Actor, staff.Account.Id, but: staff.Session.Id);
    }

    private static Credentials Mine(Staff staff, Readers readers) => readers.Read(db => Accounts.ById(db, staff.Account.Id, staff.Now))!;

    private static Renewal WhatFor(Staff staff, Readers readers) => Mine(staff, readers).HasPassword ? Renewal.Password : Renewal.Both;

    private static IResult NotFoundOrBack(Staff staff, bool found) => found ? Visitor.SeeOther(staff.Visitor.Url("/praxis/konto")) : NotFoundPage.Show(staff.Visitor);

    private static RazorSlices.RazorSlice<WayInModel> Form(Staff staff, Door door, Renewal what, params IReadOnlyList<Fault> more) => Form(staff, NewPassword.Fresh(door, staff.Account.Id), what, more);

    private static RazorSlices.RazorSlice<WayInModel> Form(Staff staff, NewPassword typed, Renewal what, params IReadOnlyList<Fault> more) =>
        WayInForm.Create(new WayInModel(staff, what, new NewPasswordFieldsModel(staff.Visitor, staff.Account, typed.Secret, typed.SealedSecret) { WithPassword = what == Renewal.Both, Faults = typed.Faults })
        {
            Faults = [.. typed.Faults, .. more],
        });
}

/// <summary>What a form changes.</summary>
public enum Renewal { Password, App, Both }

/// <summary>The form for a new password, a new app, or both.</summary>
public sealed record WayInModel(Staff Staff, Renewal What, NewPasswordFieldsModel Fields) : DoorModel(Staff.Visitor)
{
    public string Heading => What switch { Renewal.Password => Staff.T.SigninChangePassword, Renewal.App => Staff.T.SigninChangeApp, _ => Staff.T.SigninSetPassword };
}

/// <summary>The page that makes a passkey.</summary>
public sealed record NewPasskeyModel(Staff Staff, bool IsPossible) : DoorModel(Staff.Visitor);
