using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Consenting;

/// <summary>
/// The link in every mail about what falls due that ends these mails. It has no end of its own: also out of an old mail it
/// ends what there is to end. Only its SHA-256 is kept.
/// </summary>
internal static class EndLink
{
    /// <summary>A fresh token for an owner.</summary>
    public static string Create(Change change, long owner)
    {
        var token = SecretToken.Create();
        change.Db.Execute("INSERT INTO recall_link (token_hash, owner_id) VALUES ($hash, $owner)", ("$hash", SecretToken.Hash(token)), ("$owner", owner));
        return token;
    }

    /// <summary>Whose it is; null if nobody's.</summary>
    public static long? OwnerOf(Db db, string token) =>
        db.Row("SELECT owner_id FROM recall_link WHERE token_hash = $hash", row => (long?)row.GetInt64(0), ("$hash", SecretToken.Hash(token)));
}
