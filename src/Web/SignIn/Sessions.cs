using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn;

/// <summary>An account as far as signing in and rights go.</summary>
public sealed record Account(long Id, string Name, string Email, Role Role, string? Resource);

/// <summary>A signed-in browser.</summary>
/// <param name="Id">Its id in the list of sessions.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Seen">When it was last used, to within <see cref="Sessions.SeenEvery"/>.</param>
/// <param name="Proved">When its holder last proved who they are.</param>
public sealed record Session(long Id, Account Account, Instant Seen, Instant Proved)
{
    /// <summary>Until when somebody of the operator's may look, if anybody may.</summary>
    public Instant? SupportUntil { get; init; }
}

/// <summary>
/// Who is signed in. A token is 256 random bits in a cookie; only its SHA-256 is kept. A session ends when it was not
/// touched for as long as the practice says, after twelve hours in any case, and at once with its account.
/// </summary>
public static class Sessions
{
    /// <summary>How often a session's last use is written down.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(2);

    /// <summary>How long after proving who one is sensitive acts need no second proof.</summary>
    public static readonly Duration ProvedFor = Duration.FromMinutes(10);

    private static readonly Duration Longest = Duration.FromHours(12);

    /// <summary>Starts a session; answers the token for the cookie.</summary>
    public static string Start(Change change, long account, string device, string how = "")
    {
        var token = SecretToken.Create();
        var id = change.Db.Insert(
            "INSERT INTO session (token_hash, account_id, started_at, seen_at, proved_at, device) VALUES ($hash, $account, $now, $now, $now, $device)",
            ("$hash", SecretToken.Hash(token)), ("$account", account), ("$now", change.Now.ToUnixTimeSeconds()), ("$device", device));
        Audit.Add(change, Actor.Account(account), "session.started", "session", id, how);
        return token;
    }

    /// <summary>The session a token opens; null if it is unknown or over.</summary>
    public static Session? Open(Db db, string token, Instant now) => db.Row(
        """
        SELECT s.id, s.seen_at, s.proved_at, a.id, a.name, a.email, a.role, a.resource_id,
               (SELECT max(ends_at) FROM account WHERE role = 'support' AND active AND ends_at > $now)
        FROM session s JOIN account a ON a.id = s.account_id
        WHERE s.token_hash = $hash AND s.started_at > $longest
          AND s.seen_at > $now - (SELECT idle_minutes FROM practice) * 60
          AND a.active AND (a.ends_at IS NULL OR a.ends_at > $now)
        """,
        row => new Session(
            row.GetInt64(0), new Account(row.GetInt64(3), row.GetString(4), row.GetString(5), Roles.Read(row.GetString(6))!.Value, row.Text(7)),
            Instant.FromUnixTimeSeconds(row.GetInt64(1)), Instant.FromUnixTimeSeconds(row.GetInt64(2)))
        { SupportUntil = row.Number(8) is { } until ? Instant.FromUnixTimeSeconds(until) : null },
        ("$hash", SecretToken.Hash(token)), ("$longest", (now - Longest).ToUnixTimeSeconds()), ("$now", now.ToUnixTimeSeconds()));

    /// <summary>Writes down that a session is in use.</summary>
    public static void Touch(Change change, long session) =>
        change.Db.Execute("UPDATE session SET seen_at = $now WHERE id = $id", ("$now", change.Now.ToUnixTimeSeconds()), ("$id", session));

    /// <summary>Ends one session.</summary>
    public static void End(Change change, Actor actor, long session)
    {
        if (change.Db.Execute("DELETE FROM session WHERE id = $id", ("$id", session)) > 0) Audit.Add(change, actor, "session.ended", "session", session);
    }

    /// <summary>Ends all sessions of an account, but for one if <paramref name="but"/> is its id.</summary>
    public static void EndAll(Change change, Actor actor, long account, long? but = null)
    {
        foreach (var id in change.Db.Rows("SELECT id FROM session WHERE account_id = $account AND id IS NOT $but", row => row.GetInt64(0), ("$account", account), ("$but", but))) End(change, actor, id);
    }

    /// <summary>Writes down that the holder of a session has just proved who they are.</summary>
    public static void Prove(Change change, Session session)
    {
        change.Db.Execute("UPDATE session SET proved_at = $now WHERE id = $id", ("$now", change.Now.ToUnixTimeSeconds()), ("$id", session.Id));
        Audit.Add(change, Actor.Account(session.Account.Id), "session.proved", "session", session.Id);
    }

    /// <summary>
    /// What a form carries to show that it came from a page of this very session: without it, another site could make the
    /// browser send one. Derived from the cookie's token, which no page ever contains.
    /// </summary>
    public static string FormToken(string token) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "form"u8));

    /// <summary>Whether this is the form token of the session with this token.</summary>
    public static bool IsFormToken(string token, string formToken) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(FormToken(token)), Encoding.UTF8.GetBytes(formToken));

}
