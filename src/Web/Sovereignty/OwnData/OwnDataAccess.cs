using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>Who looks at "my data": whoever reads mail at an address, and the person the practice knows by it.</summary>
/// <param name="Id">Of the way in.</param>
/// <param name="Person">What is theirs; nothing, if several of the records have the address.</param>
/// <param name="Until">When the page closes.</param>
internal sealed record OwnDataReader(long Id, Person Person, Instant Until)
{
    /// <summary>Whether several of the practice's records have the address: which of them reads is not known then.</summary>
    public bool IsShared { get; init; }

    /// <summary>The owner of the records; null if the practice has none of theirs.</summary>
    public long? Owner => IsShared || Person.Owners.Count == 0 ? null : Person.Owners[0];
}

/// <summary>
/// The way to "my data" without an account: a code by mail that is good once and for an hour, and a page that it opens for half
/// an hour. Only hashes are kept. Opening a mail's link opens nothing yet, as programs do that, too: it takes a button.
/// </summary>
internal static class OwnDataAccess
{
    public static readonly Duration CodeFor = Duration.FromHours(1);
    public static readonly Duration OpenFor = Duration.FromMinutes(30);

    private const int MostAnHour = 3;

    /// <summary>
    /// Puts a mail into the outbox, if anything is kept under an address. Whoever asks learns nothing: something is written in any
    /// case, so that the answer takes as long.
    /// </summary>
    public static void Ask(Change change, string emailKey)
    {
        var db = change.Db;
        var now = change.Now.ToUnixTimeSeconds();
        Audit.Add(change, Actor.Owner, "data.asked", "practice", 1);
        db.Execute("DELETE FROM own_data WHERE expires_at <= $now AND asked_at <= $since", ("$now", now), ("$since", (change.Now - CodeFor).ToUnixTimeSeconds()));
        if (db.Number("SELECT count(*) FROM own_data WHERE email_key = $key AND asked_at > $since", ("$key", emailKey), ("$since", (change.Now - CodeFor).ToUnixTimeSeconds())) >= MostAnHour) return;
        if (Anchor(db, emailKey) is not var (column, anchor)) return;
        var id = db.Insert($"INSERT INTO own_data ({column}, email_key, asked_at, expires_at) VALUES ($anchor, $key, $now, $until)",
            ("$anchor", anchor), ("$key", emailKey), ("$now", now), ("$until", (change.Now + CodeFor).ToUnixTimeSeconds()));
        db.Execute($"INSERT INTO outbox ({column}, kind, about, created_at, due_at) VALUES ($anchor, $kind, $about, $now, $now)",
            ("$anchor", anchor), ("$kind", MailKinds.Word(MailKind.OwnData)), ("$about", id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("$now", now));
    }

    /// <summary>A fresh code for the mail; null if it comes too late or was used already. One that was made before opens nothing any more.</summary>
    public static string? Code(Change change, string about)
    {
        var code = SecretToken.Create();
        return change.Db.Execute(
            "UPDATE own_data SET code_hash = $hash, expires_at = $until WHERE id = $id AND token_hash IS NULL AND expires_at > $now",
            ("$hash", SecretToken.Hash(code)), ("$until", (change.Now + CodeFor).ToUnixTimeSeconds()), ("$id", about), ("$now", change.Now.ToUnixTimeSeconds())) == 1 ? code : null;
    }

    /// <summary>Whether a code can still be used.</summary>
    public static bool IsGood(Db db, string code, Instant now) =>
        db.Number("SELECT count(*) FROM own_data WHERE code_hash = $hash AND expires_at > $now", ("$hash", SecretToken.Hash(code)), ("$now", now.ToUnixTimeSeconds())) > 0;

    /// <summary>Uses a code up; answers the token of the page it opens, or null if it is no good.</summary>
    public static string? Open(Change change, string code)
    {
        var token = SecretToken.Create();
        var opened = change.Db.Execute(
            "UPDATE own_data SET code_hash = NULL, token_hash = $token, expires_at = $until WHERE code_hash = $code AND expires_at > $now",
            ("$token", SecretToken.Hash(token)), ("$until", (change.Now + OpenFor).ToUnixTimeSeconds()), ("$code", SecretToken.Hash(code)), ("$now", change.Now.ToUnixTimeSeconds())) == 1;
        if (opened) Audit.Add(change, Actor.Owner, "data.opened", "practice", 1);
        return opened ? token : null;
    }

    /// <summary>Who holds a token; null if it opens nothing, or nothing is kept under their address any more.</summary>
    public static OwnDataReader? Find(Db db, string token, Instant now)
    {
        var (id, key, until) = db.Row("SELECT id, email_key, expires_at FROM own_data WHERE token_hash = $hash AND expires_at > $now",
            row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2)), ("$hash", SecretToken.Hash(token)), ("$now", now.ToUnixTimeSeconds()));
        if (id == 0) return null;
        var owners = db.Rows("SELECT id FROM owner WHERE email_key = $key", row => row.GetInt64(0), ("$key", key));
        var reader = new OwnDataReader(id, owners.Count == 1 ? Person.Of(db, owners[0]) : Person.Unknown(db, key), Instant.FromUnixTimeSeconds(until)) { IsShared = owners.Count > 1 };
        return reader.Person.IsNobody && !reader.IsShared ? null : reader;
    }

    /// <summary>Closes the page.</summary>
    public static void Close(Change change, string token) => change.Db.Execute("DELETE FROM own_data WHERE token_hash = $hash", ("$hash", SecretToken.Hash(token)));

    // By what somebody is known: an owner of the records before anything that was only typed.
    private static (string Column, long Id)? Anchor(Db db, string emailKey)
    {
        foreach (var (column, sql) in ((string, string)[])
        [
            ("owner_id", "SELECT min(id) FROM owner WHERE email_key = $key"),
            ("appointment_id", "SELECT max(id) FROM appointment WHERE email_key = $key AND owner_id IS NULL"),
            ("waiting_id", "SELECT max(id) FROM waiting WHERE email_key = $key AND owner_id IS NULL"),
        ])
        {
            if (db.Number(sql, ("$key", emailKey)) is > 0 and var id) return (column, id);
        }
        return null;
    }
}
