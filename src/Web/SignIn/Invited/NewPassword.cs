using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.SignIn.Proof;

namespace VetBooking.Web.SignIn.Invited;

/// <summary>
/// A password and an app, chosen together. The app's secret waits in the form, sealed, until a code shows that the app has it.
/// </summary>
internal sealed class NewPassword
{
    private static readonly Duration Life = Duration.FromHours(1);

    private NewPassword(byte[] secret, string sealedSecret) => (Secret, SealedSecret) = (secret, sealedSecret);

    /// <summary>The app's secret.</summary>
    public byte[] Secret { get; }

    /// <summary>The secret as the form carries it.</summary>
    public string SealedSecret { get; }

    public string Password { get; private init; } = "";

    /// <summary>The time step of the code that was typed; codes of it are used up.</summary>
    public long Step { get; private init; }

    public IReadOnlyList<Fault> Faults { get; private init; } = [];

    /// <summary>A form with a fresh secret.</summary>
    public static NewPassword Fresh(Door door, long account)
    {
        var secret = Totp.NewSecret();
        return new NewPassword(secret, door.Steps.Seal(Proof.Step.NewApp, $"{account}\n{Convert.ToHexString(secret)}", Life));
    }

    /// <summary>What was typed. Without <paramref name="withPassword"/> only the app is new.</summary>
    public static NewPassword Read(Visitor visitor, Door door, Account account, IFormCollection form, bool withPassword = true)
    {
        var typed = form["geheimnis"].ToString();
        if (door.Steps.Open(Proof.Step.NewApp, typed)?.Split('\n') is not [var id, var hex] || id != $"{account.Id}")
        {
            var fresh = Fresh(door, account.Id);
            return new NewPassword(fresh.Secret, fresh.SealedSecret) { Faults = [new Fault("code", visitor.T.SigninTooLate)] };
        }
        var (secret, password, faults) = (Convert.FromHexString(hex), form["neues-passwort"].ToString(), new List<Fault>());
        if (withPassword && Problem(visitor, account, password) is { } sentence) faults.Add(new Fault("neues-passwort", sentence));
        var code = string.Concat(form["code"].ToString().Where(one => !char.IsWhiteSpace(one)));
        var step = Totp.StepOf(code, secret, visitor.Now, null);
        if (step is null) faults.Add(new Fault("code", code.Length == 0 ? visitor.T.SigninCodeMissing : visitor.T.SigninAppCodeWrong));
        return new NewPassword(secret, typed) { Password = password, Step = step ?? 0, Faults = faults };
    }

    /// <summary>What is wrong with a new password, in words; null if nothing.</summary>
    public static string? Problem(Visitor visitor, Account account, string password) =>
        PasswordRules.Check(password, visitor.Profile, account.Name, account.Email) switch
        {
            null => null,
            PasswordProblem.Missing => visitor.T.SigninPasswordMissing,
            PasswordProblem.TooShort => visitor.T.SigninPasswordShort(PasswordRules.Shortest),
            PasswordProblem.TooLong => visitor.T.ProblemTooLong(PasswordRules.Longest),
            PasswordProblem.Names => visitor.T.SigninPasswordNames,
            _ => visitor.T.SigninPasswordCommon,
        };
}
