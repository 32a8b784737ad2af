using Microsoft.AspNetCore.Identity;
using VetBooking.Web.Setup;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.SignIn.Passkeys;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Invited;

/// <summary>
/// The page behind an invitation: a passkey, or a password with an app. Whatever the account signed in with before is worth
/// nothing afterwards, and all its sessions are over.
/// </summary>
internal static class InvitationPages
{
    /// <summary>What the recovery codes wait under, for the page that shows them.</summary>
    public const string Codes = "recovery-codes";

    /// <summary><c>GET /praxis/einladung/{token}</c></summary>
    public static IResult Show(Visitor visitor, string token, Door door, Readers readers) =>
        readers.Read(db => Invitations.Find(db, token, visitor.Now)) is { } invited
            ? Page.Ok(Form(visitor, door, token, invited.Account, NewPassword.Fresh(door, invited.Account.Id)))
            : NotFoundPage.Show(visitor);

    /// <summary><c>POST /praxis/einladung/{token}/frage</c>: what the browser's authenticator is to make.</summary>
    public static async Task<IResult> AskPasskey(Visitor visitor, string token, Door door, Readers readers) =>
        door.Passkeys.IsPossible && readers.Read(db => Invitations.Find(db, token, visitor.Now)) is { } invited
            ? await door.Passkeys.AskNew(visitor.Http, invited.Account)
            : NotFoundPage.Show(visitor);

    /// <summary><c>POST /praxis/einladung/{token}</c></summary>
    public static async Task<IResult> Accept(Visitor visitor, string token, Door door, Readers readers, Writer writer)
    {
        if (readers.Read(db => Invitations.Find(db, token, visitor.Now)) is not { } invited) return NotFoundPage.Show(visitor);
        var form = await visitor.Form();
        UserPasskeyInfo? passkey = null;
        NewPassword? password = null;
        string? hash = null;
        if (form["passkey"].ToString() is { Length: > 0 } answer)
        {
            passkey = await door.Passkeys.New(visitor.Http, invited.Account, answer, form["zustand"].ToString());
            if (passkey is null) return Page.Again(Form(visitor, door, token, invited.Account, NewPassword.Fresh(door, invited.Account.Id), new Fault("inhalt", visitor.T.SigninPasskeyWrong)));
        }
        else
        {
            password = NewPassword.Read(visitor, door, invited.Account, form);
            if (password.Faults.Count > 0) return Page.Again(Form(visitor, door, token, invited.Account, password));
            hash = await door.Passwords.Hash(password.Password);
            if (hash is null) return Page.Again(Form(visitor, door, token, invited.Account, password, new Fault("neues-passwort", visitor.T.SigninWait)));
        }
        var session = await writer.Write(change =>
        {
            if (Invitations.Find(change.Db, token, change.Now) is not { Account: var account }) return null;
            Replace(change, account.Id, hash, password is null ? null : door.Steps.Lock(password.Secret), password?.Step);
            var codes = password is null ? [] : RecoveryCodes.Renew(change, account.Id);
            if (passkey is not null) PasskeyChecks.Save(change, account.Id, passkey, visitor.T.SigninPasskeyFirst);
            // Whoever came by the link of `init` is in: it has done what it was for.
            if (account.Role == Role.Administrator) SetupLink.Close(change.Db);
            var started = WayIn.Start(change, visitor.Http, account.Id, "invitation");
            if (codes.Count > 0) door.ShownOnce.Put(Sessions.Open(change.Db, started, change.Now)!.Id, Codes, codes);
            return started;
        });
        if (session is null) return NotFoundPage.Show(visitor);
        StaffCookie.Write(visitor.Http, session);
        return Visitor.SeeOther(visitor.Url(password is null ? "/praxis/konto" : "/praxis/konto/codes"));
    }

    private static void Replace(Change change, long account, string? hash, byte[]? totpSecret, long? totpStep)
    {
        Invitations.Withdraw(change, account);
        Sessions.EndAll(change, Actor.Account(account), account);
        change.Db.Execute("DELETE FROM passkey WHERE account_id = $account", ("$account", account));
        change.Db.Execute("DELETE FROM recovery_code WHERE account_id = $account", ("$account", account));
        change.Db.Execute(
            "UPDATE account SET password_hash = $hash, totp_secret = $secret, totp_step = $step WHERE id = $account",
            ("$hash", hash), ("$secret", totpSecret), ("$step", totpStep), ("$account", account));
        Audit.Add(change, Actor.Account(account), "account.enrolled", "account", account);
    }

    private static RazorSlices.RazorSlice<InvitationModel> Form(Visitor visitor, Door door, string token, Account account, NewPassword password, params IReadOnlyList<Fault> more) =>
        InvitationForm.Create(new InvitationModel(visitor, token, account, new NewPasswordFieldsModel(visitor, account, password.Secret, password.SealedSecret) { Faults = password.Faults })
        {
            Faults = [.. password.Faults, .. more],
            WithPasskey = door.Passkeys.IsPossible,
        });
}

/// <summary>The page behind an invitation.</summary>
public sealed record InvitationModel(Visitor Visitor, string Token, Account Account, NewPasswordFieldsModel Password) : DoorModel(Visitor)
{
    public bool WithPasskey { get; init; }

    public string Path => "/praxis/einladung/" + Uri.EscapeDataString(Token);
}

/// <summary>A new password and a new app, in whatever form they stand.</summary>
public sealed record NewPasswordFieldsModel(Visitor Visitor, Account Account, byte[] Secret, string SealedSecret) : DoorModel(Visitor)
{
    public bool WithPassword { get; init; } = true;
}
