using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Own;

/// <summary>
/// Another address to sign in with: it counts once its holder has opened the link that was mailed there, and only while
/// they are signed in to the account. Only the SHA-256 of the link's token is kept.
/// </summary>
internal static class NewAddress
{
    private static readonly Duration Life = Duration.FromHours(24);

    /// <summary>Notes the wish and sends the link; an earlier wish is forgotten. False if another account has the address.</summary>
    public static bool Ask(Change change, Actor actor, long account, EmailAddress email)
    {
        if (IsTaken(change.Db, email.Key)) return false;
        change.Db.Execute("DELETE FROM new_address WHERE account_id = $account", ("$account", account));
        change.Db.Execute(
            "INSERT INTO new_address (account_id, email, email_key, expires_at) VALUES ($account, $email, $key, $until)",
            ("$account", account), ("$email", email.Address), ("$key", email.Key), ("$until", (change.Now + Life).ToUnixTimeSeconds()));
        Outbox.ToStaff(change, account, MailKind.NewAddress);
        Audit.Add(change, actor, "address.asked", "account", account);
        return true;
    }

    /// <summary>The address that waits for its link, null if none does.</summary>
    public static string? Waiting(Db db, long account, Instant now) => db.Row(
        "SELECT email FROM new_address WHERE account_id = $account AND expires_at > $now", row => row.GetString(0), ("$account", account), ("$now", now.ToUnixTimeSeconds()));

    /// <summary>The address and a fresh token for it; null if there is no wish any more.</summary>
    public static (string Email, string Token)? Link(Change change, long account)
    {
        if (Waiting(change.Db, account, change.Now) is not { } email) return null;
        var token = SecretToken.Create();
        change.Db.Execute("UPDATE new_address SET token_hash = $hash WHERE account_id = $account", ("$hash", SecretToken.Hash(token)), ("$account", account));
        return (email, token);
    }

    /// <summary>Whether a token of this account's would do.</summary>
    public static bool Opens(Db db, long account, string token, Instant now) => Find(db, account, token, now) is not null;

    /// <summary>From now on the account has the new address; the old one is told. Null if the link opens nothing, false if the address was taken meanwhile.</summary>
    public static bool? Confirm(Change change, Staff staff, string token)
    {
        if (Find(change.Db, staff.Account.Id, token, change.Now) is not var (email, key)) return null;
        change.Db.Execute("DELETE FROM new_address WHERE account_id = $id", ("$id", staff.Account.Id));
        if (IsTaken(change.Db, key)) return false;
        Outbox.ToStaff(change, staff.Account.Id, MailKind.AddressChanged, change.Db.Row("SELECT email FROM account WHERE id = $id", row => row.GetString(0), ("$id", staff.Account.Id)));
        change.Db.Execute("UPDATE account SET email = $email, email_key = $key WHERE id = $id", ("$email", email), ("$key", key), ("$id", staff.Account.Id));
        Audit.Add(change, staff.Actor, "address.changed", "account", staff.Account.Id);
        Sessions.EndAll(change, staff.Actor, staff.Account.Id, but: staff.Session.Id);
        return true;
    }

    private static (string Email, string Key)? Find(Db db, long account, string token, Instant now)
    {
        var found = db.Row(
            "SELECT email, email_key FROM new_address WHERE account_id = $account AND token_hash = $hash AND expires_at > $now",
            row => (row.GetString(0), row.GetString(1)), ("$account", account), ("$hash", SecretToken.Hash(token)), ("$now", now.ToUnixTimeSeconds()));
        return found.Item1 is null ? null : found;
    }

    private static bool IsTaken(Db db, string key) => db.Number("SELECT count(*) FROM account WHERE email_key = $key", ("$key", key)) > 0;

}
