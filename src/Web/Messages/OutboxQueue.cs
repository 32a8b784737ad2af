using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>A mail whose turn has come. The token is nowhere else in plain: the database holds its hash.</summary>
public sealed record DueMail(long Id, MailKind Kind, int Attempt, Instant Created, Appointment Appointment, string? Token);

/// <summary>What became of an attempt.</summary>
/// <param name="Fault">Null if it was sent.</param>
/// <param name="Reason">The class of failure.</param>
public readonly record struct Delivery(DeliveryFault? Fault, string Reason)
{
    /// <summary>Subject and plain text as they were sent, without the secret in their link; null if nothing was.</summary>
    public (string Subject, string Text)? Said { get; init; }

    /// <summary>The attempt was not made; it does not count as one.</summary>
    public bool Untried { get; init; }
}

/// <summary>Takes due mails out of the outbox and writes down what became of them, inside changes of the writer.</summary>
internal static class OutboxQueue
{
    /// <summary>For so long nobody else takes a mail that was taken; after a crash it is due again.</summary>
    private static readonly Duration Lease = Duration.FromMinutes(2);

    private static readonly Duration GiveUpAfter = Duration.FromDays(5);

    /// <summary>Later than this nobody wants to know any more that a hold has lapsed.</summary>
    private static readonly Duration LapsedIsNews = Duration.FromHours(12);

    private const int MostAtOnce = 20;

    private static readonly ImmutableArray<int> MinutesToWait = [1, 2, 5, 15, 60, 180];

    /// <summary>When the next mail is due; null if none waits.</summary>
    public static Instant? NextDue(Db db) =>
        db.Row("SELECT min(due_at) FROM outbox WHERE state = 'waiting'", row => row.Number(0)) is { } due ? Instant.FromUnixTimeSeconds(due) : null;

    /// <summary>Takes what is due, the least tried first, so that one bad mail never stands in the others' way.</summary>
    public static ImmutableArray<DueMail> Claim(Change change)
    {
        var rows = change.Db.Rows(
            """
            SELECT id, appointment_id, kind, attempts, created_at FROM outbox
            WHERE state = 'waiting' AND due_at <= $now ORDER BY attempts, id LIMIT $most
            """,
            row => (Id: row.GetInt64(0), Appointment: row.GetInt64(1), Kind: Outbox.KindOf(row.GetString(2)), Attempts: row.GetInt32(3), Created: row.GetInt64(4)),
            ("$now", change.Now.ToUnixTimeSeconds()), ("$most", (long)MostAtOnce));
        var due = ImmutableArray.CreateBuilder<DueMail>();
        foreach (var row in rows)
        {
            var created = Instant.FromUnixTimeSeconds(row.Created);
            if (Appointment.Load(change.Db, row.Appointment) is not { } appointment
                || !IsTrue(row.Kind, appointment, created, change.Now)
                || Departures.IsOnlyAboutDeparted(change.Db, row.Appointment)
                || IsRepeated(change.Db, row.Id, row.Appointment, row.Kind))
            {
                change.Db.Execute("UPDATE outbox SET state = 'void' WHERE id = $id", ("$id", row.Id));
                continue;
            }
            change.Db.Execute(
                "UPDATE outbox SET attempts = attempts + 1, due_at = $until WHERE id = $id",
                ("$until", (change.Now + Lease).ToUnixTimeSeconds()), ("$id", row.Id));
            var token = HasLink(row.Kind, appointment, change.Now) ? AppointmentLink.Create(change, appointment.Id, LinkPurpose.Manage) : null;
            due.Add(new DueMail(row.Id, row.Kind, row.Attempts + 1, created, appointment, token));
        }
        return due.ToImmutable();
    }

    /// <summary>Writes down what became of an attempt; answers the state the row is now in.</summary>
    public static string Settle(Change change, DueMail mail, Delivery delivery)
    {
        var wait = Duration.FromMinutes(MinutesToWait[Math.Min(delivery.Untried ? 0 : mail.Attempt - 1, MinutesToWait.Length - 1)]);
        var state = delivery.Fault switch
        {
            null when !delivery.Untried => "sent",
            DeliveryFault.Rejected => "failed",
            _ when change.Now + wait - mail.Created > GiveUpAfter => "failed",
            _ => "waiting",
        };
        change.Db.Execute(
            """
            UPDATE outbox SET state = $state, sent_at = $sent, last_error = $error, due_at = $due, attempts = attempts - $untried,
              subject = $subject, said = $said
            WHERE id = $id
            """,
            ("$state", state), ("$sent", state == "sent" ? change.Now.ToUnixTimeSeconds() : null),
            ("$error", state == "sent" || delivery.Reason.Length == 0 ? null : delivery.Reason),
            ("$subject", delivery.Said?.Subject), ("$said", delivery.Said?.Text),
            ("$due", (change.Now + wait).ToUnixTimeSeconds()), ("$untried", delivery.Untried ? 1L : 0L), ("$id", mail.Id));
        return state;
    }

    /// <summary>Whether what a mail says still holds.</summary>
    internal static bool IsTrue(MailKind kind, Appointment appointment, Instant created, Instant now)
    {
        if (now >= appointment.Start + Duration.FromMinutes(appointment.Minutes)) return false;
        return (kind, appointment.State) switch
        {
            (MailKind.PleaseConfirm, VisitState.Held) => now < appointment.Expires,
            (MailKind.Requested, VisitState.Requested) => true,
            (MailKind.Confirmed, VisitState.Booked) => true,
            (MailKind.Reminder, VisitState.Booked) => now < appointment.Start,
            (MailKind.Declined, VisitState.Cancelled) => appointment.IsDeclined,
            (MailKind.Moved or MailKind.Restored, VisitState.Booked or VisitState.Requested) => true,
            (MailKind.Cancelled, VisitState.Cancelled or VisitState.Lapsed) => true,
            (MailKind.Lapsed, VisitState.Lapsed) => now < appointment.Start && now - created < LapsedIsNews,
            _ => false,
        };
    }

    // A mail tells how things stand when it is sent; two of a kind in a row would tell the same twice.
    private static bool IsRepeated(Db db, long id, long appointment, MailKind kind) => db.Number(
        "SELECT count(*) FROM outbox WHERE appointment_id = $appointment AND kind = $kind AND id > $id AND state = 'waiting'",
        ("$appointment", appointment), ("$kind", Outbox.Word(kind)), ("$id", id)) > 0;

    // A cancellation's link is for taking it back, and that has an end.
    private static bool HasLink(MailKind kind, Appointment appointment, Instant now) => kind switch
    {
        MailKind.Lapsed or MailKind.Declined => false,
        MailKind.Cancelled => appointment.State == VisitState.Cancelled && now < appointment.Expires,
        _ => true,
    };
}
