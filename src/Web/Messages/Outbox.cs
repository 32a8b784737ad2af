using NodaTime;
using VetBooking.Web.Messages.ToStaff;
using VetBooking.Web.Messages.Visits;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>Mail waiting to be sent. Written in the transaction of what it tells, so neither exists without the other.</summary>
public static class Outbox
{
    /// <summary>Puts a mail about an appointment into the outbox, due at once or at the moment given. Whoever has no mail address gets a short message, if the practice has a gateway, or nothing.</summary>
    /// <param name="change">The change it tells of.</param>
    /// <param name="appointment">The appointment's id.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="due">When; now, if null.</param>
    /// <param name="word">What staff say to the owner with it; may be empty.</param>
    public static void Add(Change change, long appointment, MailKind kind, Instant? due = null, string word = "") => change.Db.Execute(
        """
        INSERT INTO outbox (appointment_id, kind, word, channel, created_at, due_at)
        SELECT id, $kind, $word, 'mail', $now, $due FROM appointment WHERE id = $appointment AND email <> ''
        UNION ALL
        SELECT a.id, $kind, $word, 'gateway', $now, $due FROM appointment a, gateway g
        WHERE a.id = $appointment AND a.phone <> '' AND (a.email = '' OR ($kind = 'reminder' AND g.reminders_too))
        """,
        ("$appointment", appointment), ("$kind", MailKinds.Word(kind)), ("$word", word), ("$now", Seconds(change.Now)), ("$due", Seconds(due ?? change.Now)));

    /// <summary>Whether the owner of an appointment can be told something: by mail, or by telephone if the practice has a gateway.</summary>
    public static bool Reaches(Db db, long appointment) => db.Number(
        "SELECT count(*) FROM appointment WHERE id = $id AND (email <> '' OR (phone <> '' AND EXISTS (SELECT 1 FROM gateway)))", ("$id", appointment)) > 0;

    /// <summary>Puts a mail to an owner of the practice's records into the outbox.</summary>
    /// <param name="change">The change it tells of.</param>
    /// <param name="owner">The owner's id.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="about">What else it is about, as its kind has it.</param>
    /// <param name="due">When; now, if null.</param>
    public static void ToOwner(Change change, long owner, MailKind kind, string? about = null, Instant? due = null) => change.Db.Execute(
        "INSERT INTO outbox (owner_id, kind, about, created_at, due_at) SELECT id, $kind, $about, $now, $due FROM owner WHERE id = $owner AND email <> ''",
        ("$owner", owner), ("$kind", MailKinds.Word(kind)), ("$about", about), ("$now", Seconds(change.Now)), ("$due", Seconds(due ?? change.Now)));

    /// <summary>Puts a mail to somebody on the waiting list into the outbox. Whoever has no mail address gets none.</summary>
    /// <param name="change">The change it tells of.</param>
    /// <param name="entry">The entry's id.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="offer">The offer it is about; 0 for none.</param>
    /// <param name="due">When; now, if null.</param>
    public static void ToWaiting(Change change, long entry, MailKind kind, long offer = 0, Instant? due = null) => change.Db.Execute(
        "INSERT INTO outbox (waiting_id, kind, about, created_at, due_at) SELECT id, $kind, nullif($offer, 0), $now, $due FROM waiting WHERE id = $entry AND email <> ''",
        ("$entry", entry), ("$kind", MailKinds.Word(kind)), ("$offer", offer), ("$now", Seconds(change.Now)), ("$due", Seconds(due ?? change.Now)));

    /// <summary>Puts a mail to one of the team into the outbox.</summary>
    /// <param name="change">The change it tells of.</param>
    /// <param name="account">Whose account.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="about">What else it is about, as its kind has it.</param>
    public static void ToStaff(Change change, long account, MailKind kind, string? about = null) => change.Db.Execute(
        "INSERT INTO outbox (account_id, kind, about, created_at, due_at) VALUES ($account, $kind, $about, $now, $now)",
        ("$account", account), ("$kind", MailKinds.Word(kind)), ("$about", about), ("$now", Seconds(change.Now)));

    /// <summary>Puts into the outbox what has come due by itself since the last time.</summary>
    public static void Settle(Change change)
    {
        Reminders.Remind(change);
        Aftercare.Settle(change);
        TomorrowList.Settle(change);
        Recalls.Settle(change);
    }

    /// <summary>When the next mail is due or comes due by itself; null if none is. A process with mail waiting must not leave memory before.</summary>
    public static Instant? NextDue(Db db) => NextDue(db, null);

    /// <summary>The same, of one channel only.</summary>
    internal static Instant? NextDue(Db db, string? channel) =>
        new[] { OutboxQueue.NextDue(db, channel), Reminders.NextDue(db), Aftercare.NextDue(db), TomorrowList.NextDue(db), Recalls.NextDue(db) }.Min();

    private static long Seconds(Instant moment) => moment.ToUnixTimeSeconds();
}
