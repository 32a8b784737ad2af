using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>What a mail tells the owner.</summary>
public enum MailKind { PleaseConfirm, Confirmed, Requested, Declined, Moved, Cancelled, Restored, Lapsed, Reminder }

/// <summary>Mail waiting to be sent. Written in the transaction of what it tells, so neither exists without the other.</summary>
public static class Outbox
{
    /// <summary>Puts a mail about an appointment into the outbox, due at once or at the moment given. Whoever booked by phone without a mail address gets none.</summary>
    public static void Add(Change change, long appointment, MailKind kind, NodaTime.Instant? due = null) => change.Db.Execute(
        "INSERT INTO outbox (appointment_id, kind, created_at, due_at) SELECT id, $kind, $now, $due FROM appointment WHERE id = $appointment AND email <> ''",
        ("$appointment", appointment), ("$kind", Word(kind)), ("$now", change.Now.ToUnixTimeSeconds()), ("$due", (due ?? change.Now).ToUnixTimeSeconds()));

    internal static string Word(MailKind kind) => kind switch
    {
        MailKind.PleaseConfirm => "please-confirm",
        MailKind.Confirmed => "confirmed",
        MailKind.Requested => "requested",
        MailKind.Declined => "declined",
        MailKind.Moved => "moved",
        MailKind.Cancelled => "cancelled",
        MailKind.Restored => "restored",
        MailKind.Reminder => "reminder",
        _ => "lapsed",
    };

    internal static MailKind KindOf(string word) => word switch
    {
        "please-confirm" => MailKind.PleaseConfirm,
        "confirmed" => MailKind.Confirmed,
        "requested" => MailKind.Requested,
        "declined" => MailKind.Declined,
        "moved" => MailKind.Moved,
        "cancelled" => MailKind.Cancelled,
        "restored" => MailKind.Restored,
        "reminder" => MailKind.Reminder,
        _ => MailKind.Lapsed,
    };

    /// <summary>When the next mail or reminder is due; null if none is. A process with mail waiting must not leave memory before.</summary>
    public static NodaTime.Instant? NextDue(Db db) => (OutboxQueue.NextDue(db), Reminders.NextDue(db)) switch
    {
        ({ } mail, { } reminder) => NodaTime.Instant.Min(mail, reminder),
        (var mail, var reminder) => mail ?? reminder,
    };
}
