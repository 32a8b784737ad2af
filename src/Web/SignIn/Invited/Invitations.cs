using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Invited;

/// <summary>
/// Links with which somebody chooses how they sign in: new here, or after everything was lost. Once, within a day; only the
/// SHA-256 of the token is kept. Until it is used, the account stays as it was.
/// </summary>
internal static class Invitations
{
    private static readonly Duration Life = Duration.FromHours(24);

    /// <summary>A fresh link's token; earlier ones of the account open nothing any more.</summary>
    public static string Create(Change change, Actor actor, long account)
    {
        var token = SecretToken.Create();
        Withdraw(change, account);
        change.Db.Execute(
            "INSERT INTO invitation (token_hash, account_id, expires_at) VALUES ($hash, $account, $until)",
            ("$hash", SecretToken.Hash(token)), ("$account", account), ("$until", (change.Now + Life).ToUnixTimeSeconds()));
        Audit.Add(change, actor, "invitation.made", "account", account);
        return token;
    }

    /// <summary>Whom a token invites; nobody if it is unknown, used or too old.</summary>
    public static Credentials? Find(Db db, string token, Instant now) => db.Number(
        "SELECT account_id FROM invitation WHERE token_hash = $hash AND expires_at > $now", ("$hash", SecretToken.Hash(token)), ("$now", now.ToUnixTimeSeconds())) is var account and > 0
        ? Accounts.ById(db, account, now)
        : null;

    /// <summary>No link of this account opens anything any more.</summary>
    public static void Withdraw(Change change, long account) => change.Db.Execute("DELETE FROM invitation WHERE account_id = $account", ("$account", account));

}
