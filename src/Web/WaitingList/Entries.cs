using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>An entry somebody wants to make or change, every field checked.</summary>
public sealed record EntryWish(Wanted Wanted)
{
    public required string Name { get; init; }

    /// <summary>Where they read mail; null if staff enter them without.</summary>
    public required EmailAddress? Email { get; init; }

    public string Phone { get; init; } = "";
    public required string Language { get; init; }
    public bool IsUrgent { get; init; }

    /// <summary>The owner staff say it is; null if nobody on record.</summary>
    public long? Owner { get; init; }

    /// <summary>The form's own key: however often it is sent, it makes one entry.</summary>
    public string FormKey { get; init; } = "";
}

/// <summary>Comings and goings on the waiting list, inside changes of the writer.</summary>
internal static class Entries
{
    /// <summary>How long an entry waits for its confirmation.</summary>
    public static readonly Duration TimeToConfirm = Duration.FromHours(24);

    /// <summary>
    /// Enters an owner who asks for it by the pages; it counts once the mailed link is used. Nobody learns from the answer
    /// whether the address is known or has entries already.
    /// </summary>
    public static void Join(Change change, EntryWish wish)
    {
        if (change.Db.Number("SELECT count(*) FROM waiting WHERE form_key = $key", ("$key", wish.FormKey)) > 0) return;
        var entries = change.Db.Number("SELECT count(*) FROM waiting WHERE email_key = $key AND state <> 'ended'", ("$key", wish.Email!.Key));
        if (entries >= ListRules.Load(change.Db).MostEntries) return;
        var id = Save(change, wish, isOnline: true);
        Outbox.ToWaiting(change, id, MailKind.ListConfirm);
        Audit.Add(change, Actor.Owner, "waiting.asked", "waiting", id);
    }

    /// <summary>Enters somebody for staff: at once, as they were asked in person.</summary>
    public static long Add(Change change, Actor actor, EntryWish wish)
    {
        var before = change.Db.Number("SELECT id FROM waiting WHERE form_key = $key", ("$key", wish.FormKey));
        if (before > 0) return before;
        var id = Save(change, wish, isOnline: false);
        Audit.Add(change, actor, "waiting.joined", "waiting", id);
        Offering.Look(change);
        return id;
    }

    /// <summary>Changes an entry as staff want it; false if somebody else has changed it since, or it has ended.</summary>
    public static bool Revise(Change change, Actor actor, (long Id, int Revision) entry, EntryWish wish)
    {
        var wanted = wish.Wanted;
        var changed = change.Db.Execute(
            """
            UPDATE waiting SET urgent = $urgent, visit_type_id = $type, vet = $vet, first_day = $from, last_day = $until, weekdays = $days, day_parts = $parts,
              name = $name, email = $email, email_key = $key, phone = $phone, asked_since = $now, revision = revision + 1
            WHERE id = $id AND revision = $revision AND state = 'waiting'
            """,
            ("$urgent", wish.IsUrgent ? 1 : 0), ("$type", wanted.VisitType), ("$vet", wanted.Vet), ("$from", LocalDatePattern.Iso.Format(wanted.From)),
            ("$until", LocalDatePattern.Iso.Format(wanted.Until)), ("$days", wanted.Weekdays), ("$parts", (int)wanted.Parts), ("$name", wish.Name),
            ("$email", wish.Email?.Address ?? ""), ("$key", wish.Email?.Key ?? ""), ("$phone", wish.Phone), ("$now", change.Now.ToUnixTimeSeconds()),
            ("$id", entry.Id), ("$revision", entry.Revision));
        if (changed == 0) return false;
        change.Db.Execute("DELETE FROM waiting_animal WHERE waiting_id = $id", ("$id", entry.Id));
        SaveAnimals(change.Db, entry.Id, wanted);
        Audit.Add(change, actor, "waiting.changed", "waiting", entry.Id);
        Offering.Look(change);
        return true;
    }

    /// <summary>Confirms an entry: from now on it waits.</summary>
    public static void Confirm(Change change, Entry entry)
    {
        if (entry.State != EntryState.Unconfirmed) return;
        change.Db.Execute(
            "UPDATE waiting SET state = 'waiting', owner_id = $owner, asked_since = $now, revision = revision + 1 WHERE id = $id",
            ("$owner", ProvedOwner.Of(change, "waiting", entry.Id)), ("$now", change.Now.ToUnixTimeSeconds()), ("$id", entry.Id));
        Audit.Add(change, Actor.Owner, "waiting.joined", "waiting", entry.Id);
        Offering.Look(change);
    }

    /// <summary>Ends an entry; what it is offered is free for others.</summary>
    public static void End(Change change, Actor actor, long entry, string outcome)
    {
        foreach (var offer in Offer.To(change.Db, entry).Where(one => one.State == OfferState.Open)) Offer.End(change, actor, offer, OfferState.Declined);
        change.Db.Execute(
            "UPDATE waiting SET state = 'ended', outcome = $outcome, ended_at = $now, revision = revision + 1 WHERE id = $id AND state <> 'ended'",
            ("$outcome", outcome), ("$now", change.Now.ToUnixTimeSeconds()), ("$id", entry));
        Audit.Add(change, actor, "waiting.ended", "waiting", entry, outcome);
    }

    /// <summary>Ends what is over by itself, and forgets what nobody confirmed.</summary>
    public static void Settle(Change change)
    {
        change.Db.Execute("DELETE FROM waiting WHERE state = 'unconfirmed' AND created_at <= $since", ("$since", (change.Now - TimeToConfirm).ToUnixTimeSeconds()));
        var today = LocalDatePattern.Iso.Format(change.Diary.DateOf(change.Now));
        foreach (var id in change.Db.Rows("SELECT id FROM waiting WHERE state = 'waiting' AND last_day < $today", row => row.GetInt64(0), ("$today", today)))
        {
            End(change, Actor.Practice, id, "over");
        }
        foreach (var id in change.Db.Rows(BookedOtherwise, row => row.GetInt64(0))) End(change, Actor.Practice, id, "booked");
    }

    /// <summary>Whether all animals of an entry have died or were given away: nothing is addressed to them any more.</summary>
    public static bool IsOnlyAboutDeparted(Db db, Entry entry) => db.Number(
        """
        SELECT count(*) > 0 AND count(*) = sum(EXISTS (
          SELECT 1 FROM animal a WHERE a.departed IS NOT NULL AND a.name = w.name COLLATE NOCASE AND a.species_id = w.species_id
            AND (a.owner_id = e.owner_id OR EXISTS (SELECT 1 FROM co_owner c WHERE c.animal_id = a.id AND c.owner_id = e.owner_id)))
          AND NOT EXISTS (
          SELECT 1 FROM animal a WHERE a.departed IS NULL AND a.name = w.name COLLATE NOCASE AND a.species_id = w.species_id
            AND (a.owner_id = e.owner_id OR EXISTS (SELECT 1 FROM co_owner c WHERE c.animal_id = a.id AND c.owner_id = e.owner_id))))
        FROM waiting_animal w JOIN waiting e ON e.id = w.waiting_id WHERE w.waiting_id = $id
        """,
        ("$id", entry.Id)) == 1;

    /// <summary>Whether they were here before: an earlier visit took place.</summary>
    public static bool IsKnown(Db db, Entry entry, Instant now) => db.Number(
        """
        SELECT count(*) FROM appointment a JOIN waiting w ON w.id = $id
        WHERE a.state = 'booked' AND a.starts_at < $now AND (a.owner_id = w.owner_id OR (w.email_key <> '' AND a.email_key = w.email_key))
        """,
        ("$id", entry.Id), ("$now", now.ToUnixTimeSeconds())) > 0;

    // Somebody who has found a time for the same animal and visit type within their days needs no other.
    private const string BookedOtherwise =
        """
        SELECT w.id FROM waiting w WHERE w.state = 'waiting' AND EXISTS (
          SELECT 1 FROM appointment a JOIN appointment_animal p ON p.appointment_id = a.id
          JOIN waiting_animal n ON n.waiting_id = w.id AND n.name = p.name COLLATE NOCASE AND n.species_id = p.species_id
          WHERE a.visit_type_id = w.visit_type_id AND a.state = 'booked' AND a.created_at >= w.created_at
            AND substr(a.starts_local, 1, 10) BETWEEN w.first_day AND w.last_day
            AND (a.owner_id = w.owner_id OR (w.email_key <> '' AND a.email_key = w.email_key)))
        """;

    private static long Save(Change change, EntryWish wish, bool isOnline)
    {
        var wanted = wish.Wanted;
        var id = change.Db.Insert(
            """
            INSERT INTO waiting (state, urgent, visit_type_id, vet, first_day, last_day, weekdays, day_parts, language, owner_id, name, email, email_key, phone,
                                 online, created_at, asked_since, form_key)
            VALUES ($state, $urgent, $type, $vet, $from, $until, $days, $parts, $language, $owner, $name, $email, $key, $phone, $online, $now, $now, $form)
            """,
            ("$state", isOnline ? "unconfirmed" : "waiting"), ("$urgent", wish.IsUrgent ? 1 : 0), ("$type", wanted.VisitType), ("$vet", wanted.Vet),
            ("$from", LocalDatePattern.Iso.Format(wanted.From)), ("$until", LocalDatePattern.Iso.Format(wanted.Until)), ("$days", wanted.Weekdays),
            ("$parts", (int)wanted.Parts), ("$language", wish.Language), ("$owner", wish.Owner), ("$name", wish.Name), ("$email", wish.Email?.Address ?? ""),
            ("$key", wish.Email?.Key ?? ""), ("$phone", wish.Phone), ("$online", isOnline ? 1 : 0), ("$now", change.Now.ToUnixTimeSeconds()), ("$form", wish.FormKey));
        SaveAnimals(change.Db, id, wanted);
        return id;
    }

    private static void SaveAnimals(Db db, long id, Wanted wanted)
    {
        for (var i = 0; i < wanted.Animals.Length; i++)
        {
            var animal = wanted.Animals[i];
            db.Execute(
                "INSERT INTO waiting_animal (waiting_id, position, name, species_id, born, reason) VALUES ($id, $position, $name, $species, $born, $reason)",
                ("$id", id), ("$position", i), ("$name", animal.Name), ("$species", animal.Species), ("$born", animal.Born), ("$reason", animal.Reason));
        }
    }
}
