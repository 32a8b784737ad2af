using System.Collections.Immutable;
using NodaTime;
using VetBooking.Web.Messages.Samples;
using VetBooking.Web.Messages.ToStaff;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Messages.Visits;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Sovereignty.OwnData;
using VetBooking.Web.Storage;
using VetBooking.Web.WaitingList;

namespace VetBooking.Web.Messages;

/// <summary>A mail whose turn has come.</summary>
public sealed record DueMail(long Id, MailKind Kind, int Attempt, Instant Created, Matter Matter);

/// <summary>A row of the outbox, taken to be sent. What it has nothing of is 0 or empty.</summary>
internal sealed record OutboxRow(long Id, MailKind Kind, long Appointment, long Owner, long Account)
{
    public long Waiting { get; init; }
    public string About { get; init; } = "";
    public string Word { get; init; } = "";
    public string Channel { get; init; } = "mail";
    public int Attempts { get; init; }
    public Instant Created { get; init; }
}

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

    private const int MostAtOnce = 20;

    private static readonly ImmutableArray<int> MinutesToWait = [1, 2, 5, 15, 60, 180];

    /// <summary>When the next one is due, of any channel or of one; null if none waits.</summary>
    public static Instant? NextDue(Db db, string? channel = null) =>
        db.Row("SELECT min(due_at) FROM outbox WHERE state = 'waiting' AND channel = ifnull($channel, channel)", row => row.Number(0), ("$channel", channel)) is { } due ? Instant.FromUnixTimeSeconds(due) : null;

    /// <summary>Takes what is due, the least tried first, so that one bad mail never stands in the others' way.</summary>
    /// <param name="change">The change this is.</param>
    /// <param name="channel">mail or gateway.</param>
    public static ImmutableArray<DueMail> Claim(Change change, string channel = "mail")
    {
        var rows = change.Db.Rows(
            """
            SELECT id, kind, ifnull(appointment_id, 0), ifnull(owner_id, 0), ifnull(account_id, 0), ifnull(about, ''), word, channel, attempts, created_at, ifnull(waiting_id, 0)
            FROM outbox WHERE state = 'waiting' AND due_at <= $now AND channel = $channel ORDER BY attempts, id LIMIT $most
            """,
            row => new OutboxRow(row.GetInt64(0), MailKinds.Of(row.GetString(1)), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))
            {
                About = row.GetString(5),
                Word = row.GetString(6),
                Channel = row.GetString(7),
                Attempts = row.GetInt32(8),
                Created = Instant.FromUnixTimeSeconds(row.GetInt64(9)),
                Waiting = row.GetInt64(10),
            },
            ("$now", change.Now.ToUnixTimeSeconds()), ("$most", (long)MostAtOnce), ("$channel", channel));
        var due = ImmutableArray.CreateBuilder<DueMail>();
        var loud = QuietHours.Of(change).FirstMoment(change.Now);
        foreach (var row in rows)
        {
            // Whenever it became due: also after a sleep or a failed attempt nobody is woken.
            if (loud > change.Now && MailKinds.CanWait(row.Kind))
            {
                change.Db.Execute("UPDATE outbox SET due_at = $at WHERE id = $id", ("$at", loud.ToUnixTimeSeconds()), ("$id", row.Id));
                continue;
            }
            if (MatterOf(change, row) is not { } matter)
            {
                change.Db.Execute("UPDATE outbox SET state = 'void' WHERE id = $id", ("$id", row.Id));
                continue;
            }
            change.Db.Execute(
                "UPDATE outbox SET attempts = attempts + 1, due_at = $until WHERE id = $id",
                ("$until", (change.Now + Lease).ToUnixTimeSeconds()), ("$id", row.Id));
            due.Add(new DueMail(row.Id, row.Kind, row.Attempts + 1, row.Created, matter));
        }
        return due.ToImmutable();
    }

    // Null: it does not hold any more.
    private static Matter? MatterOf(Change change, OutboxRow row) => row.Kind switch
    {
        MailKind.Tomorrow => TomorrowList.Find(change, row),
        MailKind.Invitation => InvitationMatter.Find(change, row),
        MailKind.NewAddress or MailKind.AddressChanged => AddressMatter.Find(change, row),
        MailKind.Sample => SampleMatter.Find(change, row),
        MailKind.ListConfirm or MailKind.ListOffer => WaitingMatter.Find(change, row),
        MailKind.Recall => RecallMatter.Find(change, row),
        MailKind.RecallConfirm => ConfirmMatter.Find(change, row),
        MailKind.OwnData => OwnDataMatter.Find(change, row),
        MailKind.DataAnswer => DataAnswerMatter.Find(change, row),
        _ when MailKinds.IsAboutVisit(row.Kind) => VisitMatter.Find(change, row),
        _ => null,
    };

    /// <summary>Writes down what became of an attempt; answers the state the row is now in.</summary>
    public static string Settle(Change change, DueMail mail, Delivery delivery)
    {
        var wait = Duration.FromMinutes(MinutesToWait[Math.Min(delivery.Untried ? 0 : mail.Attempt - 1, MinutesToWait.Length - 1)]);
        var state = delivery.Fault switch
        {
            null when !delivery.Untried => "sent",
            DeliveryFault.Rejected => "failed",
            // Cut off by a stop: that says nothing about the mail.
            null when delivery.Reason.Length == 0 => "waiting",
            _ when change.Now + wait - mail.Created > GiveUpAfter => "failed",
            _ => "waiting",
        };
        change.Db.Execute(
            """
            UPDATE outbox SET state = $state, sent_at = $sent, last_error = ifnull($error, iif($untried, last_error, NULL)), due_at = $due, attempts = attempts - $untried,
              subject = $subject, said = $said
            WHERE id = $id
            """,
            ("$state", state), ("$sent", state == "sent" ? change.Now.ToUnixTimeSeconds() : null),
            ("$error", state == "sent" || delivery.Reason.Length == 0 ? null : delivery.Reason),
            ("$subject", delivery.Said?.Subject), ("$said", delivery.Said?.Text),
            ("$due", (change.Now + wait).ToUnixTimeSeconds()), ("$untried", delivery.Untried ? 1L : 0L), ("$id", mail.Id));
        return state;
    }
}
