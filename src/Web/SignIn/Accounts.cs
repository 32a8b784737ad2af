using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn;

/// <summary>An account with what it signs in with.</summary>
public sealed record Credentials(Account Account, string? PasswordHash, byte[]? TotpSecret, long? TotpStep)
{
    /// <summary>Whether a password and an app's code lead in.</summary>
    public bool HasPassword => PasswordHash is not null && TotpSecret is not null;
}

/// <summary>What to know about the accounts, whoever asks.</summary>
internal static class Accounts
{
    private const string Columns =
        "SELECT a.id, a.name, a.email, a.role, a.resource_id, a.password_hash, a.totp_secret, a.totp_step FROM account a WHERE a.active AND (a.ends_at IS NULL OR a.ends_at > $now) AND ";

    /// <summary>The open account with this address.</summary>
    public static Credentials? ByEmail(Db db, string emailKey, Instant now) =>
        db.Row(Columns + "a.email_key = $key", Read, ("$now", now.ToUnixTimeSeconds()), ("$key", emailKey));

    /// <summary>The open account with this id.</summary>
    public static Credentials? ById(Db db, long id, Instant now) =>
        db.Row(Columns + "a.id = $id", Read, ("$now", now.ToUnixTimeSeconds()), ("$id", id));

    /// <summary>Takes the code of the app, or a recovery code; each of them once.</summary>
    public static bool TakeCode(Change change, Credentials who, byte[]? secret, string typed)
    {
        var code = string.Concat(typed.Where(one => !char.IsWhiteSpace(one)));
        if (secret is not null && Totp.StepOf(code, secret, change.Now, who.TotpStep) is { } step)
        {
            change.Db.Execute("UPDATE account SET totp_step = $step WHERE id = $id", ("$step", step), ("$id", who.Account.Id));
            return true;
        }
        if (!RecoveryCodes.Use(change, who.Account.Id, code)) return false;
        Audit.Add(change, Actor.Account(who.Account.Id), "recovery-code.used", "account", who.Account.Id);
        return true;
    }

    /// <summary>Whether somebody else can still run the practice: an open administrator's account that can be signed in to.</summary>
    public static bool HasOtherAdministrator(Db db, long but, Instant now) => db.Number(
        """
        SELECT count(*) FROM account a
        WHERE a.role = 'administrator' AND a.active AND (a.ends_at IS NULL OR a.ends_at > $now) AND a.id <> $but
          AND (a.password_hash IS NOT NULL AND a.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id))
        """, ("$now", now.ToUnixTimeSeconds()), ("$but", but)) > 0;

    private static Credentials Read(SqliteDataReader row) => new(
        new Account(row.GetInt64(0), row.GetString(1), row.GetString(2), Roles.Read(row.GetString(3))!.Value, row.Text(4)),
        row.Text(5), row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6), row.Number(7));
}
