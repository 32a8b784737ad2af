using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>What a mail tells the owner.</summary>
public enum MailKind { PleaseConfirm, Confirmed, Requested, Declined, Moved, Cancelled, Restored, Lapsed }

/// <summary>Mail waiting to be sent. Written in the transaction of what it tells, so neither exists without the other.</summary>
public static class Outbox
{
    /// <summary>Puts a mail about an appointment into the outbox, due at once. Whoever booked by phone without a mail address gets none.</summary>
    public static void Add(Change change, long appointment, MailKind kind) => change.Db.Execute(
        "INSERT INTO outbox (appointment_id, kind, created_at, due_at) SELECT id, $kind, $now, $now FROM appointment WHERE id = $appointment AND email <> ''",
        ("$appointment", appointment), ("$kind", Word(kind)), ("$now", change.Now.ToUnixTimeSeconds()));

    internal static string Word(MailKind kind) => kind switch
    {
        MailKind.PleaseConfirm => "please-confirm",
        MailKind.Confirmed => "confirmed",
        MailKind.Requested => "requested",
        MailKind.Declined => "declined",
        MailKind.Moved => "moved",
        MailKind.Cancelled => "cancelled",
        MailKind.Restored => "restored",
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
        _ => MailKind.Lapsed,
    };

    /// <summary>When the next mail is due; null if none waits. A process with mail waiting must not leave memory before.</summary>
    public static NodaTime.Instant? NextDue(Db db) => OutboxQueue.NextDue(db);
}
