using System.Collections.Immutable;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Webhooks;

/// <summary>A message whose turn has come. Address and secret are sealed.</summary>
internal sealed record DueMessage(long Id, long Webhook, int Attempt, string Message)
{
    public required string Body { get; init; }
    public required byte[] Address { get; init; }
    public required byte[] Secret { get; init; }
    public required Instant Created { get; init; }
}

/// <summary>Takes due messages out of the queue and writes down what became of them, inside changes of the writer.</summary>
internal static class WebhookQueue
{
    /// <summary>So long a message is tried, and so long a receiver may take nothing before it is switched off.</summary>
    public static readonly Duration GiveUpAfter = Duration.FromDays(3);

    /// <summary>For so long nobody else takes a message that was taken; after a crash it is due again.</summary>
    private static readonly Duration Lease = Duration.FromMinutes(3);

    /// <summary>So long the practice can look up what was sent.</summary>
    private static readonly Duration Kept = Duration.FromDays(30);

    private const int MostAtOnce = 10;

    private static readonly ImmutableArray<int> SecondsToWait = [5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800];

    /// <summary>When the next message is due, at the beginning of time for what is not even written out; null if none waits for anybody who takes something.</summary>
    /// <param name="db">The database.</param>
    /// <param name="busy">Receivers something is being sent to just now: what else waits for them waits until that is over.</param>
    public static Instant? NextDue(Db db, IReadOnlySet<long> busy)
    {
        var due = db.Rows(
            """
            SELECT 0, 0 FROM webhook_event WHERE body IS NULL
            UNION ALL
            SELECT w.id, max(w.held_until, min(d.due_at)) FROM webhook w JOIN webhook_delivery d ON d.webhook_id = w.id
            WHERE d.state = 'waiting' AND w.state = 'on' GROUP BY w.id
            """,
            row => (Webhook: row.GetInt64(0), At: row.GetInt64(1))).Where(one => !busy.Contains(one.Webhook)).ToList();
        return due.Count == 0 ? null : Instant.FromUnixTimeSeconds(due.Min(one => one.At));
    }

    /// <summary>Writes out what has happened and takes what is due, of each receiver the oldest first.</summary>
    public static ImmutableArray<DueMessage> Claim(Change change, IReadOnlySet<long> busy)
    {
        var now = change.Now.ToUnixTimeSeconds();
        foreach (var happened in WebhookEvent.Unwritten(change.Db))
        {
            change.Db.Execute("UPDATE webhook_event SET created_at = $now, body = $body WHERE id = $id",
                ("$now", now), ("$body", happened.Body(change.Book.Practice, change.Now)), ("$id", happened.Id));
        }
        change.Db.Execute(
            "DELETE FROM webhook_event WHERE created_at < $before AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = webhook_event.id AND d.state = 'waiting')",
            ("$before", (change.Now - Kept).ToUnixTimeSeconds()));
        var due = ImmutableArray.CreateBuilder<DueMessage>();
        foreach (var webhook in change.Db.Rows("SELECT id FROM webhook WHERE state = 'on' AND held_until <= $now ORDER BY id", row => row.GetInt64(0), ("$now", now)))
        {
            if (busy.Contains(webhook)) continue;
            due.AddRange(change.Db.Rows(
                """
                SELECT d.id, d.attempts, e.message, e.body, w.address, w.secret, e.created_at
                FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id JOIN webhook w ON w.id = d.webhook_id
                WHERE d.webhook_id = $webhook AND d.state = 'waiting' AND d.due_at <= $now ORDER BY d.id LIMIT $most
                """,
                row => new DueMessage(row.GetInt64(0), webhook, row.GetInt32(1) + 1, row.GetString(2))
                {
                    Body = row.GetString(3),
                    Address = row.GetFieldValue<byte[]>(4),
                    Secret = row.GetFieldValue<byte[]>(5),
                    Created = Instant.FromUnixTimeSeconds(row.GetInt64(6)),
                },
                ("$webhook", webhook), ("$now", now), ("$most", (long)MostAtOnce)));
        }
        foreach (var one in due) change.Db.Execute("UPDATE webhook_delivery SET due_at = $until WHERE id = $id", ("$until", (change.Now + Lease).ToUnixTimeSeconds()), ("$id", one.Id));
        return due.ToImmutable();
    }

    /// <summary>Gives back what was taken and not tried.</summary>
    public static void Release(Change change, IEnumerable<DueMessage> untried)
    {
        foreach (var one in untried) change.Db.Execute("UPDATE webhook_delivery SET due_at = 0 WHERE id = $id AND state = 'waiting'", ("$id", one.Id));
    }

    /// <summary>Writes down what became of an attempt.</summary>
    public static void Settle(Change change, DueMessage message, PostOutcome outcome)
    {
        var (now, next) = (change.Now.ToUnixTimeSeconds(), change.Now + Duration.FromSeconds(SecondsToWait[Math.Min(message.Attempt, SecondsToWait.Length) - 1]));
        var isOver = outcome.Result == PostResult.Gone || next - message.Created > GiveUpAfter;
        var state = outcome.Result == PostResult.Accepted ? "sent" : isOver ? "failed" : "waiting";
        change.Db.Execute(
            "UPDATE webhook_delivery SET state = $state, attempts = $attempts, tried_at = $now, result = $result, status = $status, due_at = $due WHERE id = $id",
            ("$state", state), ("$attempts", message.Attempt), ("$now", now), ("$result", outcome.Result.ToString()), ("$status", outcome.Status),
            ("$due", next.ToUnixTimeSeconds()), ("$id", message.Id));
        if (state == "sent") change.Db.Execute("UPDATE webhook SET succeeded_at = $now, held_until = 0 WHERE id = $id", ("$now", now), ("$id", message.Webhook));
        else if (isOver) SwitchOff(change, message, outcome);
        else if (outcome.ConcernsAll) change.Db.Execute("UPDATE webhook SET held_until = $until WHERE id = $id", ("$until", next.ToUnixTimeSeconds()), ("$id", message.Webhook));
    }

    /// <summary>Nothing has arrived for as long as a message is tried, or the receiver says that it is no more: the practice must look at it.</summary>
    private static void SwitchOff(Change change, DueMessage message, PostOutcome outcome)
    {
        var off = change.Db.Execute(
            "UPDATE webhook SET state = 'off' WHERE id = $id AND state <> 'off' AND ($gone OR coalesce(succeeded_at, 0) < $created)",
            ("$id", message.Webhook), ("$gone", outcome.Result == PostResult.Gone ? 1L : 0L), ("$created", message.Created.ToUnixTimeSeconds()));
        if (off == 0) return;
        change.Db.Execute("UPDATE webhook_delivery SET state = 'failed' WHERE webhook_id = $id AND state = 'waiting'", ("$id", message.Webhook));
        Audit.Add(change, Actor.Practice, "webhook.switched-off", "webhook", message.Webhook);
    }
}
