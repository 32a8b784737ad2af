using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>What became of an offer.</summary>
public enum OfferState { Open, Accepted, Declined, Expired, Taken, Withdrawn }

/// <summary>One time that was offered to somebody on the waiting list.</summary>
public sealed record Offer
{
    public required long Id { get; init; }
    public required long Entry { get; init; }

    /// <summary>The time that is kept for it; null once it is not any more.</summary>
    public required long? Kept { get; init; }

    public required Instant Start { get; init; }

    /// <summary>The person it would be with; empty if there is none.</summary>
    public required string Vet { get; init; }

    public required OfferState State { get; init; }
    public required Instant Expires { get; init; }

    /// <summary>The appointment it became; null if it did not.</summary>
    public long? Appointment { get; init; }

    private const string Columns = "SELECT id, waiting_id, kept_time_id, starts_at, vet, state, expires_at, appointment_id FROM offer";

    public static Offer? Load(Db db, long id) => db.Row(Columns + " WHERE id = $id", Read, ("$id", id));

    /// <summary>All that somebody was offered, the newest last.</summary>
    public static List<Offer> To(Db db, long entry) => db.Rows(Columns + " WHERE waiting_id = $entry ORDER BY id", Read, ("$entry", entry));

    /// <summary>The offers that wait for an answer, of one time or of all.</summary>
    public static List<Offer> Open(Db db, long? kept = null) => db.Rows(
        Columns + " WHERE state = 'open' AND ($kept IS NULL OR kept_time_id = $kept) ORDER BY id", Read, ("$kept", kept));

    /// <summary>What it is at a moment: an offer that ran out is over, also before somebody has looked.</summary>
    public OfferState At(Instant now) => State == OfferState.Open && Expires <= now ? OfferState.Expired : State;

    /// <summary>Makes one, and tells whoever it is made to when <paramref name="due"/> comes.</summary>
    internal static void Make(Change change, Entry entry, KeptTime kept, Instant due)
    {
        var id = change.Db.Insert(
            """
            INSERT INTO offer (waiting_id, kept_time_id, starts_at, vet, made_at, expires_at) VALUES ($entry, $kept, $start, $vet, $now, $expires)
            """,
            ("$entry", entry.Id), ("$kept", kept.Id), ("$start", kept.Start.ToUnixTimeSeconds()), ("$vet", kept.Vet.Length == 0 ? null : kept.Vet),
            ("$now", change.Now.ToUnixTimeSeconds()), ("$expires", kept.Expires.ToUnixTimeSeconds()));
        Outbox.ToWaiting(change, entry.Id, MailKind.ListOffer, id, due);
        Audit.Add(change, Actor.Practice, "offer.made", "offer", id);
    }

    /// <summary>Ends one that is open.</summary>
    internal static void End(Change change, Actor actor, Offer offer, OfferState state)
    {
        change.Db.Execute("UPDATE offer SET state = $state WHERE id = $id AND state = 'open'", ("$state", Word(state)), ("$id", offer.Id));
        Audit.Add(change, actor, "offer." + Word(state), "offer", offer.Id);
    }

    internal static string Word(OfferState state) => state switch
    {
        OfferState.Open => "open",
        OfferState.Accepted => "accepted",
        OfferState.Declined => "declined",
        OfferState.Expired => "expired",
        OfferState.Taken => "taken",
        _ => "withdrawn",
    };

    private static Offer Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Entry = row.GetInt64(1),
        Kept = row.Number(2),
        Start = Instant.FromUnixTimeSeconds(row.GetInt64(3)),
        Vet = row.Text(4) ?? "",
        State = row.GetString(5) switch
        {
            "open" => OfferState.Open,
            "accepted" => OfferState.Accepted,
            "declined" => OfferState.Declined,
            "expired" => OfferState.Expired,
            "taken" => OfferState.Taken,
            _ => OfferState.Withdrawn,
        },
        Expires = Instant.FromUnixTimeSeconds(row.GetInt64(6)),
        Appointment = row.Number(7),
    };
}
