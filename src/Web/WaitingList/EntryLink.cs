using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>What a mailed link opens: an entry, and the offer it came with.</summary>
public sealed record OpenedLink(Entry Entry, Offer? Offer);

/// <summary>Links to one entry of the waiting list. A token is 256 random bits; only its SHA-256 is kept.</summary>
internal static class EntryLink
{
    /// <summary>How long after the last day of an entry a link still shows what became of it.</summary>
    private const int DaysAfter = 2;

    /// <summary>A fresh token for an entry, and the offer it goes with.</summary>
    public static string Create(Change change, Entry entry, long? offer)
    {
        var token = SecretToken.Create();
        var end = change.Book.Practice.Zone.AtStartOfDay(entry.Wanted.Until.PlusDays(DaysAfter)).ToInstant();
        change.Db.Execute(
            "INSERT INTO waiting_link (token_hash, waiting_id, offer_id, expires_at) VALUES ($hash, $entry, $offer, $end)",
            ("$hash", SecretToken.Hash(token)), ("$entry", entry.Id), ("$offer", offer), ("$end", end.ToUnixTimeSeconds()));
        return token;
    }

    /// <summary>What a token opens; null if it is unknown or over. An entry nobody confirmed in time is gone.</summary>
    public static OpenedLink? Open(Db db, string token, Instant now)
    {
        var (id, offer) = db.Row(
            "SELECT waiting_id, ifnull(offer_id, 0) FROM waiting_link WHERE token_hash = $hash AND expires_at > $now",
            row => (row.GetInt64(0), row.GetInt64(1)), ("$hash", SecretToken.Hash(token)), ("$now", now.ToUnixTimeSeconds()));
        if (id == 0 || Entry.Load(db, id) is not { } entry) return null;
        if (entry.State == EntryState.Unconfirmed && entry.Created + Entries.TimeToConfirm <= now) return null;
        return new OpenedLink(entry, offer == 0 ? null : Offer.Load(db, offer));
    }

}
