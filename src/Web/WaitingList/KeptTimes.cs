using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Planning;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.WaitingList;

/// <summary>A time that is kept for the waiting list while it is offered.</summary>
internal sealed record KeptTime(long Id, Instant Start, string Vet, Instant Expires)
{
    /// <summary>What it keeps free of everything else: blocked times like those of staff.</summary>
    public required ImmutableArray<BlockRow> Rows { get; init; }

    /// <summary>The diary as it would be without it.</summary>
    public Diary Without(Diary diary) => Rows.Aggregate(diary, (without, row) => without.Without(row.Stretch.Occupancy));

    /// <summary>Whether all that a visit takes up is kept.</summary>
    public bool Covers(Visit visit) => visit.Occupancies.All(taken => Rows.Any(row => row.Stretch.Resource == taken.Resource && row.Stretch.Occupancy.Range.Contains(taken.Range)));
}

/// <summary>
/// Keeps times for the waiting list and gives them back. They are blocked times, so that the database itself refuses whatever
/// would take them, and staff see them and may free them; see docs/decisions/0019-waiting-list.md.
/// </summary>
internal static class KeptTimes
{
    /// <summary>When the next one ends; null if none is kept.</summary>
    public static Instant? NextEnd(Db db) => db.Row(
        "SELECT min(expires_at) FROM kept_time WHERE NOT released", row => row.Number(0) is { } end ? Instant.FromUnixTimeSeconds(end) : (Instant?)null);

    public static KeptTime? Load(Db db, long? id) => db.Row(
        "SELECT id, starts_at, vet, expires_at FROM kept_time WHERE id = $id AND NOT released",
        row => new KeptTime(row.GetInt64(0), Instant.FromUnixTimeSeconds(row.GetInt64(1)), row.Text(2) ?? "", Instant.FromUnixTimeSeconds(row.GetInt64(3))) { Rows = RowsOf(db, row.GetInt64(0)) },
        ("$id", id));

    /// <summary>Keeps what a visit takes up.</summary>
    public static KeptTime Keep(Change change, BookingAnswer.Accepted accepted, Instant expires)
    {
        var visit = accepted.Visit;
        var id = change.Db.Insert(
            "INSERT INTO kept_time (starts_at, ends_at, vet, expires_at) VALUES ($start, $end, $vet, $expires)",
            ("$start", visit.Start.ToUnixTimeSeconds()), ("$end", (visit.Start + Duration.FromMinutes(visit.Minutes)).ToUnixTimeSeconds()),
            ("$vet", accepted.Vet.Length == 0 ? null : accepted.Vet), ("$expires", expires.ToUnixTimeSeconds()));
        // Staff read it like a reason of their own, in the practice's first language.
        var reason = Text.In(change.Book.Profile.Languages[0]).WaitingKept;
        var rows = BlockedTimes.Add(change, visit.Occupancies.Select(one => new BlockRow(0, new Stretch(one.Resource, (long)one.Range.From * Cells.Seconds, (long)one.Range.To * Cells.Seconds), reason)), null);
        foreach (var row in rows) change.Db.Execute("UPDATE blocked_time SET kept_time_id = $kept WHERE id = $id", ("$kept", id), ("$id", row.Id));
        return new KeptTime(id, visit.Start, accepted.Vet, expires) { Rows = rows };
    }

    /// <summary>Gives a time back.</summary>
    public static void Close(Change change, KeptTime kept)
    {
        BlockedTimes.Remove(change, kept.Rows);
        change.Db.Execute("DELETE FROM kept_time WHERE id = $id", ("$id", kept.Id));
    }

    /// <summary>Gives back what has run out, what nobody is asked about any more, and what is not possible any more.</summary>
    public static void Settle(Change change)
    {
        foreach (var id in change.Db.Rows("SELECT id FROM kept_time WHERE NOT released ORDER BY id", row => row.GetInt64(0)))
        {
            var kept = Load(change.Db, id)!;
            var isOver = kept.Expires <= change.Now;
            var diary = kept.Without(change.Diary);
            var left = 0;
            foreach (var offer in Offer.Open(change.Db, id))
            {
                if (isOver) Offer.End(change, Actor.Practice, offer, OfferState.Expired);
                else if (!IsStillGood(change, diary, offer)) Offer.End(change, Actor.Practice, offer, OfferState.Withdrawn);
                else left++;
            }
            if (left == 0) Close(change, kept);
        }
        change.Db.Execute("DELETE FROM kept_time WHERE released AND starts_at < $now", ("$now", change.Now.ToUnixTimeSeconds()));
    }

    /// <summary>What staff do who free one of its blocked times: all of it is theirs, and it is not offered again. False if it is none of the list's.</summary>
    public static bool ReleaseFor(Change change, Actor actor, long blockedTime)
    {
        var id = change.Db.Number("SELECT ifnull(kept_time_id, 0) FROM blocked_time WHERE id = $id", ("$id", blockedTime));
        if (id == 0 || Load(change.Db, id) is not { } kept) return false;
        foreach (var offer in Offer.Open(change.Db, id)) Offer.End(change, actor, offer, OfferState.Withdrawn);
        BlockedTimes.Remove(change, kept.Rows);
        change.Db.Execute("UPDATE kept_time SET released = 1 WHERE id = $id", ("$id", id));
        Audit.Add(change, actor, "time.freed", "kept-time", id);
        return true;
    }

    /// <summary>Whether staff have taken a time out of the list's hands.</summary>
    public static bool IsReleased(Db db, Visit visit, string vet) => db.Number(
        "SELECT count(*) FROM kept_time WHERE released AND starts_at < $end AND ends_at > $start AND (vet IS NULL OR vet = $vet)",
        ("$start", visit.Start.ToUnixTimeSeconds()), ("$end", (visit.Start + Duration.FromMinutes(visit.Minutes)).ToUnixTimeSeconds()), ("$vet", vet)) > 0;

    // A pause of online booking stops new offers; those that were made stand.
    private static bool IsStillGood(Change change, Diary diary, Offer offer) =>
        Entry.Load(change.Db, offer.Entry) is { State: EntryState.Waiting } entry
        && !Entries.IsOnlyAboutDeparted(change.Db, entry)
        && diary.Book(Offering.RequestFor(entry, offer.Vet), offer.Start, change.Now) is BookingAnswer.Accepted or BookingAnswer.Refused { Because: Refusal.Paused };

    private static ImmutableArray<BlockRow> RowsOf(Db db, long kept) =>
    [
        .. db.Rows("SELECT id, resource_id, starts_at, ends_at, reason FROM blocked_time WHERE kept_time_id = $kept",
            row => new BlockRow(row.GetInt64(0), new Stretch(row.GetString(1), row.GetInt64(2), row.GetInt64(3)), row.GetString(4)), ("$kept", kept)),
    ];
}
