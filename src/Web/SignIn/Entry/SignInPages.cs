using VetBooking.Web.Demo;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Entry;

/// <summary>
/// The way in: a passkey, or a password and then a code. What is answered, how, and after which time does not tell whether
/// an address has an account.
/// </summary>
internal static class SignInPages
{
    private static readonly NodaTime.Duration StepLife = NodaTime.Duration.FromMinutes(5);

    /// <summary><c>GET /praxis/anmelden</c></summary>
    public static IResult Show(Visitor visitor, Door door) => Page.Ok(Form(visitor, door, "", visitor.Asked("zurueck")));

    /// <summary><c>POST /praxis/anmelden</c>: email and password.</summary>
    public static async Task<IResult> Password(Visitor visitor, Door door, Writer writer, Readers readers)
    {
        var form = await visitor.Form();
        var (email, password, back) = (form["email"].ToString(), form["passwort"].ToString(), form["zurueck"].ToString());
        IResult Again(int status, params IReadOnlyList<Fault> faults) => Page.With(Form(visitor, door, email, back, faults), status);

        var missing = new List<Fault>();
        if (email.Trim().Length == 0) missing.Add(new("email", visitor.T.SigninEmailMissing));
        if (password.Length == 0) missing.Add(new("passwort", visitor.T.SigninPasswordMissing));
        if (missing.Count > 0) return Again(StatusCodes.Status422UnprocessableEntity, missing);

        var (key, block) = (WayIn.KeyOf(email), visitor.Http.Block());
        if (door.Attempts.TooMany(key, block) is { } slowed)
        {
            if (slowed.IsNew) await WayIn.Note(writer, "sign-in.slowed", null);
            return Again(StatusCodes.Status429TooManyRequests, new Fault("email", WayIn.TooOften(visitor, slowed.Wait)));
        }
        var who = readers.Read(db => Accounts.ByEmail(db, key, visitor.Now));
        var hash = who is { HasPassword: true } ? who.PasswordHash : null;
        if (await door.Passwords.Compare(hash, password.Length > PasswordRules.Longest ? "" : password) is not { } answer)
        {
            return Again(StatusCodes.Status429TooManyRequests, new Fault("email", visitor.T.SigninWait));
        }
        if (answer == PasswordAnswer.Wrong)
        {
            await WayIn.Note(writer, "sign-in.refused", who?.Account.Id);
            return Again(StatusCodes.Status422UnprocessableEntity, new Fault("email", visitor.T.SigninWrong));
        }
        door.Attempts.Right(key, block);
        if (answer == PasswordAnswer.RightButOld && await door.Passwords.Hash(password) is { } fresh)
        {
            await writer.Write(change => change.Db.Execute("UPDATE account SET password_hash = $hash WHERE id = $id AND password_hash = $old", ("$hash", fresh), ("$id", who!.Account.Id), ("$old", hash)));
        }
        var step = door.Steps.Seal(Step.CodeIsMissing, $"{who!.Account.Id}\n{WayIn.LocalPath(back)}", StepLife);
        return Visitor.SeeOther(visitor.Url("/praxis/anmelden/code", ("schritt", step)));
    }

    /// <summary><c>GET /praxis/anmelden/code</c></summary>
    public static IResult AskCode(Visitor visitor, Door door, Readers readers) => door.Steps.Open(Step.CodeIsMissing, visitor.Asked("schritt")) is { } step
        ? Page.Ok(CodeForm.Create(CodeModelOf(visitor, door, readers, visitor.Asked("schritt"), step)))
        : Visitor.SeeOther(visitor.Url("/praxis/anmelden"));

    /// <summary><c>POST /praxis/anmelden/code</c>: the app's code, or one from the paper.</summary>
    public static async Task<IResult> Code(Visitor visitor, Door door, Writer writer, Readers readers)
    {
        var form = await visitor.Form();
        var (token, code) = (form["schritt"].ToString(), form["code"].ToString());
        if (door.Steps.Open(Step.CodeIsMissing, token) is not { } step)
        {
            return Page.Again(Form(visitor, door, "", "", [new Fault("email", visitor.T.SigninTooLate)]));
        }
        IResult Again(int status, string sentence) =>
            Page.With(CodeForm.Create(CodeModelOf(visitor, door, readers, token, step) with { Faults = [new Fault("code", sentence)] }), status);
        if (code.Trim().Length == 0) return Again(StatusCodes.Status422UnprocessableEntity, visitor.T.SigninCodeMissing);

        var (account, back) = Parts(step);
        var (key, block) = ($"code {account}", visitor.Http.Block());
        if (door.Attempts.TooMany(key, block) is { } slowed)
        {
            if (slowed.IsNew) await WayIn.Note(writer, "sign-in.slowed", account);
            return Again(StatusCodes.Status429TooManyRequests, WayIn.TooOften(visitor, slowed.Wait));
        }
        var session = await writer.Write(change =>
        {
            if (Accounts.ById(change.Db, account, change.Now) is not { HasPassword: true } who) return null;
            if (!Accounts.TakeCode(change, who, door.Steps.Unlock(who.TotpSecret), code)) return null;
            return door.Steps.Use(Step.CodeIsMissing, token) ? WayIn.Start(change, visitor.Http, account, "password") : null;
        });
        if (session is null)
        {
            await WayIn.Note(writer, "sign-in.refused", account);
            return Again(StatusCodes.Status422UnprocessableEntity, visitor.T.SigninCodeWrong);
        }
        door.Attempts.Right(key, block);
        StaffCookie.Write(visitor.Http, session);
        return Visitor.SeeOther(back);
    }

    /// <summary><c>POST /praxis/anmelden/passkey/frage</c>: what the browser's authenticator is to be asked. No account is named.</summary>
    public static async Task<IResult> AskPasskey(Visitor visitor, Door door) =>
        door.Passkeys.IsPossible ? await door.Passkeys.AskWho(visitor.Http, null) : Results.NotFound();

    /// <summary><c>POST /praxis/anmelden/passkey</c>: its answer.</summary>
    public static async Task<IResult> Passkey(Visitor visitor, Door door, Writer writer)
    {
        var form = await visitor.Form();
        var back = form["zurueck"].ToString();
        if (await door.Passkeys.Who(visitor.Http, form["passkey"].ToString(), form["zustand"].ToString()) is var (account, passkey))
        {
            var session = await writer.Write(change =>
            {
                if (Accounts.ById(change.Db, account, change.Now) is null) return null;
                Passkeys.PasskeyChecks.Update(change, passkey);
                return WayIn.Start(change, visitor.Http, account, "passkey");
            });
            if (session is not null)
            {
                StaffCookie.Write(visitor.Http, session);
                return Visitor.SeeOther(WayIn.LocalPath(back));
            }
        }
        await WayIn.Note(writer, "sign-in.refused", null);
        return Page.Again(Form(visitor, door, "", back, [new Fault("email", visitor.T.SigninPasskeyWrong)]));
    }

    private static (long Account, string Back) Parts(string step) =>
        step.Split('\n') is [var id, var back] ? (long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), back) : (0, "/praxis");

    private static RazorSlices.RazorSlice<SignInModel> Form(Visitor visitor, Door door, string email, string back, params IReadOnlyList<Fault> faults) => SignInForm.Create(
        new SignInModel(visitor, email, WayIn.LocalPath(back)) { Faults = faults, WithPasskey = door.Passkeys.IsPossible, DemoAccounts = visitor.Profile.IsDemo ? DemoAccounts.Shown : [] });

    private static CodeModel CodeModelOf(Visitor visitor, Door door, Readers readers, string token, string step)
    {
        // On a demo practice anybody may try how it is; nobody has its app.
        var who = visitor.Profile.IsDemo ? readers.Read(db => Accounts.ById(db, Parts(step).Account, visitor.Now)) : null;
        return new CodeModel(visitor, token) { DemoCode = door.Steps.Unlock(who?.TotpSecret) is { } secret ? Totp.CodeAt(secret, visitor.Now, who!.TotpStep) : null };
    }
}

/// <summary>The page with email and password.</summary>
public sealed record SignInModel(Visitor Visitor, string Email, string Back) : DoorModel(Visitor)
{
    public bool WithPasskey { get; init; }

    /// <summary>On a demo practice, whom one can be.</summary>
    public IReadOnlyList<(string Email, string Role)> DemoAccounts { get; init; } = [];
}

/// <summary>The page with the code.</summary>
public sealed record CodeModel(Visitor Visitor, string Step) : DoorModel(Visitor)
{
    /// <summary>On a demo practice, the code that the app would show.</summary>
    public string? DemoCode { get; init; }
}
