using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;
using VetBooking.Web.Verbs;

namespace VetBooking.Web.Recall.Consenting;

/// <summary>One consent or withdrawal, as it was proved then.</summary>
public sealed record ConsentEntry(string Act, Instant At, string How, string Actor, string Wording);

/// <summary>
/// The consent to be told by mail what falls due: given for one address, apart from any booking, kept word for word, and
/// withdrawn as easily as it was given. The latest entry of an owner counts.
/// </summary>
internal static class Consents
{
    /// <summary>For so long somebody can confirm what they were asked by mail.</summary>
    private static readonly Duration AskedFor = Duration.FromDays(14);

    /// <summary>How staff can have been told.</summary>
    public static readonly string[] ToldStaff = ["phone", "writing", "person"];

    /// <summary>What somebody agrees to, in a language of the practice's.</summary>
    public static string Wording(Profile profile, string language) => profile.Texts.In(language).ConsentWording(Shown.Line(profile.Name));

    /// <summary>A word for a wording, so that a form can tell which one it showed.</summary>
    public static string Stamp(string wording) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(wording)))[..16];

    /// <summary>Whether an owner wants to be told, at the address they have now.</summary>
    public static bool Holds(Db db, long owner) => db.Number("SELECT count(*) FROM consenting WHERE owner_id = $owner", ("$owner", owner)) > 0;

    /// <summary>Everything that was said about it, the latest first.</summary>
    public static List<ConsentEntry> History(Db db, long owner) => db.Rows(
        "SELECT act, at, how, actor, wording FROM consent WHERE owner_id = $owner ORDER BY at DESC, id DESC",
        row => new ConsentEntry(row.GetString(0), Instant.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4)), ("$owner", owner));

    /// <summary>Until when somebody who was asked by mail can confirm it; null if nobody waits for that.</summary>
    public static Instant? AskedUntil(Db db, long owner, Instant now) => db.Row(
        "SELECT expires_at FROM consent_asked a JOIN owner o ON o.id = a.owner_id WHERE a.owner_id = $owner AND expires_at > $now AND a.email_key = o.email_key",
        row => row.Number(0), ("$owner", owner), ("$now", now.ToUnixTimeSeconds())) is { } until ? Instant.FromUnixTimeSeconds(until) : null;

    /// <summary>Notes that an owner agrees. Nothing, if they do already or have no address.</summary>
    public static void Give(Change change, Actor actor, long owner, string how, string language)
    {
        if (Holds(change.Db, owner)) return;
        var given = change.Db.Execute(
            """
            INSERT INTO consent (owner_id, act, at, how, actor, email_key, wording, language, version)
            SELECT id, 'given', $now, $how, $actor, email_key, $wording, $language, $version FROM owner WHERE id = $owner AND email <> ''
            """,
            ("$now", change.Now.ToUnixTimeSeconds()), ("$how", how), ("$actor", actor.Word), ("$wording", Wording(change.Book.Profile, language)),
            ("$language", language), ("$version", VersionVerb.Version), ("$owner", owner));
        if (given == 1) Audit.Add(change, actor, "consent.given", "owner", owner, how);
    }

    /// <summary>Notes that an owner does not want it any more, and stops what waits to be sent. As often as one likes.</summary>
    public static void Withdraw(Change change, Actor actor, long owner, string how)
    {
        change.Db.Execute("DELETE FROM consent_asked WHERE owner_id = $owner", ("$owner", owner));
        // What nobody tried to send was not said.
        change.Db.Execute("DELETE FROM recall_told WHERE outbox_id IN (SELECT id FROM outbox WHERE owner_id = $owner AND state = 'waiting' AND attempts = 0)", ("$owner", owner));
        change.Db.Execute("UPDATE outbox SET state = 'void' WHERE owner_id = $owner AND state = 'waiting' AND kind IN ('recall', 'recall-confirm')", ("$owner", owner));
        if (History(change.Db, owner) is not [{ Act: "given" }, ..]) return;
        change.Db.Execute(
            "INSERT INTO consent (owner_id, act, at, how, actor, email_key) SELECT id, 'withdrawn', $now, $how, $actor, email_key FROM owner WHERE id = $owner",
            ("$now", change.Now.ToUnixTimeSeconds()), ("$how", how), ("$actor", actor.Word), ("$owner", owner));
        Audit.Add(change, actor, "consent.withdrawn", "owner", owner, how);
    }

    /// <summary>Asks an owner by mail: it counts once they confirm there.</summary>
    public static void Ask(Change change, Actor actor, long owner)
    {
        if (Holds(change.Db, owner)) return;
        change.Db.Execute(
            """
            INSERT INTO consent_asked (owner_id, email_key, expires_at) SELECT id, email_key, $until FROM owner WHERE id = $owner AND email <> ''
            ON CONFLICT (owner_id) DO UPDATE SET email_key = excluded.email_key, expires_at = excluded.expires_at
            """,
            ("$until", (change.Now + AskedFor).ToUnixTimeSeconds()), ("$owner", owner));
        change.Db.Execute("UPDATE outbox SET state = 'void' WHERE owner_id = $owner AND state = 'waiting' AND kind = 'recall-confirm'", ("$owner", owner));
        Outbox.ToOwner(change, owner, MailKind.RecallConfirm);
        Audit.Add(change, actor, "consent.asked", "owner", owner);
    }

    /// <summary>A fresh token for the mail that asks; null if there is nothing to confirm any more.</summary>
    public static string? Link(Change change, long owner)
    {
        if (Holds(change.Db, owner) || AskedUntil(change.Db, owner, change.Now) is null) return null;
        var token = SecretToken.Create();
        change.Db.Execute("UPDATE consent_asked SET token_hash = $hash WHERE owner_id = $owner", ("$hash", SecretToken.Hash(token)), ("$owner", owner));
        return token;
    }

    /// <summary>Who was asked with this token; null if nobody, too late, or their address is another by now.</summary>
    public static long? Asked(Db db, string token, Instant now) => db.Row(
        """
        SELECT a.owner_id FROM consent_asked a JOIN owner o ON o.id = a.owner_id AND o.email_key = a.email_key
        WHERE a.token_hash = $hash AND a.expires_at > $now
        """,
        row => (long?)row.GetInt64(0), ("$hash", SecretToken.Hash(token)), ("$now", now.ToUnixTimeSeconds()));
}
