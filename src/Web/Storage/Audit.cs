using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VetBooking.Web.Storage;

/// <summary>Who does something, without saying their name.</summary>
public readonly record struct Actor(string Word)
{
    /// <summary>An owner, by the booking pages, the API or a mailed link.</summary>
    public static readonly Actor Owner = new("owner");

    /// <summary>The practice by itself: what a clock brings about.</summary>
    public static readonly Actor Practice = new("practice");

    /// <summary>The operator, by a verb.</summary>
    public static readonly Actor Operator = new("operator");

    /// <summary>Somebody at the door who has not shown who they are.</summary>
    public static readonly Actor Anyone = new("anyone");

    /// <summary>Somebody who is signed in.</summary>
    public static Actor Account(long id) => new(string.Create(CultureInfo.InvariantCulture, $"account:{id}"));

    /// <summary>A program the practice has given a token.</summary>
    public static Actor Token(long id) => new(string.Create(CultureInfo.InvariantCulture, $"token:{id}"));
}

/// <summary>
/// What was done, by whom, to which object: written in the transaction of what it tells. Each entry's hash covers the one
/// before (OWASP ASVS 5.0, 16.4), so that nothing can be changed or taken out unseen. Only retention takes entries, the
/// oldest first, and leaves the hash of the last one taken.
/// </summary>
public static class Audit
{
    /// <summary>Adds an entry.</summary>
    /// <param name="change">The change it tells of.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="act">Object and participle, like <c>appointment.moved</c>.</param>
    /// <param name="kind">The kind of object, as its table is called.</param>
    /// <param name="id">The object's id.</param>
    /// <param name="detail">Words of ours and numbers. Never a name, an address or anything that was typed.</param>
    public static void Add(Change change, Actor actor, string act, string kind, long id, string detail = "") =>
        Add(change, actor, act, string.Create(CultureInfo.InvariantCulture, $"{kind}:{id}"), detail);

    /// <summary>Adds an entry about an object that is named by a word of the practice's, like a resource or a visit type.</summary>
    public static void Add(Change change, Actor actor, string act, string reference, string detail = "")
    {
        var (last, hash) = change.Db.Row("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)));
        var (id, at) = (last + 1, change.Now.ToUnixTimeSeconds());
        change.Db.Execute(
            "INSERT INTO audit (id, at, actor, act, object, detail, hash) VALUES ($id, $at, $actor, $act, $object, $detail, $hash)",
            ("$id", id), ("$at", at), ("$actor", actor.Word), ("$act", act), ("$object", reference), ("$detail", detail),
            ("$hash", Hash(hash ?? [], id, at, [actor.Word, act, reference, detail])));
    }

    /// <summary>The first entry that does not fit the one before it; null if the whole chain is sound.</summary>
    public static long? FirstBroken(Db db)
    {
        var (start, before) = db.Row("SELECT id, hash FROM audit_start", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)));
        before ??= [];
        var expected = start + 1;
        var rows = db.Rows("SELECT id, at, actor, act, object, detail, hash FROM audit ORDER BY id", row =>
            (Id: row.GetInt64(0), At: row.GetInt64(1), Words: (string[])[row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)], Hash: row.GetFieldValue<byte[]>(6)));
        foreach (var row in rows)
        {
            if (row.Id != expected++ || !Hash(before, row.Id, row.At, row.Words).AsSpan().SequenceEqual(row.Hash)) return row.Id;
            before = row.Hash;
        }
        return null;
    }

    private static byte[] Hash(byte[] before, long id, long at, string[] words)
    {
        // Lengths in front, so that no two entries can be written the same way.
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{id} {at}");
        foreach (var word in words) text.Append(CultureInfo.InvariantCulture, $" {word.Length}:{word}");
        return SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }
}
