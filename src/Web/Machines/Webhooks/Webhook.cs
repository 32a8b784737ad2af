using System.Text;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Webhooks;

/// <summary>A program the practice tells of its appointments.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the practice calls it.</param>
/// <param name="Host">Where it is; the rest of the address is encrypted.</param>
/// <param name="State">on, paused or off.</param>
/// <param name="Succeeded">When it last took something; null if never.</param>
public sealed record Webhook(long Id, string Name, string Host, string State, Instant? Succeeded)
{
    /// <summary>What waits for it.</summary>
    public required int Waiting { get; init; }

    /// <summary>What came of the last attempt, as a word; empty before the first.</summary>
    public required string LastResult { get; init; }

    private const string Columns =
        """
        SELECT id, name, host, state, succeeded_at,
          (SELECT count(*) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'waiting'),
          coalesce((SELECT result FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.tried_at IS NOT NULL ORDER BY d.tried_at DESC, d.id DESC LIMIT 1), '')
        FROM webhook w
        """;

    /// <summary>All of them.</summary>
    public static List<Webhook> All(Db db) => db.Rows(Columns + " ORDER BY id", From);

    /// <summary>One of them; null if there is no such one.</summary>
    public static Webhook? Find(Db db, long id) => db.Row(Columns + " WHERE id = $id", From, ("$id", id));

    /// <summary>What seals addresses and secrets.</summary>
    internal static IDataProtector Seal(IDataProtectionProvider protection) => protection.CreateProtector("webhook");

    internal static byte[] Sealed(IDataProtectionProvider protection, string text) => Seal(protection).Protect(Encoding.UTF8.GetBytes(text));

    internal static long Add(Change change, Staff staff, NewWebhook wish)
    {
        var id = change.Db.Insert(
            "INSERT INTO webhook (name, host, address, secret, created_at) VALUES ($name, $host, $address, $secret, $now)",
            ("$name", wish.Name), ("$host", wish.Host), ("$address", wish.Address), ("$secret", wish.Secret), ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, staff.Actor, "webhook.added", "webhook", id);
        return id;
    }

    /// <summary>Lets it wait. What happens meanwhile is kept.</summary>
    internal static bool Pause(Change change, Staff staff, long id) =>
        Noted(change, staff, (id, "webhook.paused"), change.Db.Execute("UPDATE webhook SET state = 'paused' WHERE id = $id AND state = 'on'", ("$id", id)));

    /// <summary>Goes on, after a pause or after it was given up. What is older than any attempt would be is not sent any more.</summary>
    internal static bool Resume(Change change, Staff staff, long id)
    {
        var now = change.Now.ToUnixTimeSeconds();
        if (!Noted(change, staff, (id, "webhook.resumed"), change.Db.Execute("UPDATE webhook SET state = 'on', held_until = 0 WHERE id = $id AND state <> 'on'", ("$id", id)))) return false;
        change.Db.Execute(
            """
            UPDATE webhook_delivery SET state = 'failed', result = 'TooOld' WHERE webhook_id = $id AND state = 'waiting'
              AND (SELECT created_at FROM webhook_event WHERE id = event_id) < $oldest
            """,
            ("$id", id), ("$oldest", now - (long)WebhookQueue.GiveUpAfter.TotalSeconds));
        change.Db.Execute("UPDATE webhook_delivery SET due_at = 0 WHERE webhook_id = $id AND state = 'waiting'", ("$id", id));
        return true;
    }

    /// <summary>Signs with another secret from now on.</summary>
    internal static bool Renew(Change change, Staff staff, long id, byte[] secret) =>
        Noted(change, staff, (id, "webhook.secret-renewed"), change.Db.Execute("UPDATE webhook SET secret = $secret WHERE id = $id", ("$secret", secret), ("$id", id)));

    internal static bool Remove(Change change, Staff staff, long id) =>
        Noted(change, staff, (id, "webhook.removed"), change.Db.Execute("DELETE FROM webhook WHERE id = $id", ("$id", id)));

    /// <summary>Puts a test into the queue of this one alone.</summary>
    internal static bool Test(Change change, Staff staff, long id)
    {
        if (change.Db.Number("SELECT count(*) FROM webhook WHERE id = $id AND state = 'on'", ("$id", id)) == 0) return false;
        var test = change.Db.Insert("INSERT INTO webhook_event (message, type) VALUES ('msg_' || lower(hex(randomblob(16))), 'test')");
        change.Db.Execute("INSERT INTO webhook_delivery (webhook_id, event_id) VALUES ($id, $event)", ("$id", id), ("$event", test));
        // Whoever asks for a test wants to see it now, not when the pause after the last failure is over.
        change.Db.Execute("UPDATE webhook SET held_until = 0 WHERE id = $id", ("$id", id));
        Audit.Add(change, staff.Actor, "webhook.tested", "webhook", id);
        return true;
    }

    private static bool Noted(Change change, Staff staff, (long Id, string Act) what, int changed)
    {
        if (changed > 0) Audit.Add(change, staff.Actor, what.Act, "webhook", what.Id);
        return changed > 0;
    }

    private static Webhook From(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Number(4) is { } at ? Instant.FromUnixTimeSeconds(at) : null)
        {
            Waiting = row.GetInt32(5),
            LastResult = row.GetString(6),
        };
}

/// <summary>A receiver to be added, its address and secret sealed.</summary>
internal sealed record NewWebhook(string Name, string Host, byte[] Address, byte[] Secret);

/// <summary>One message to one receiver, as the page shows it.</summary>
public sealed record WebhookAttempt(string Type, string Number, Instant? Created, string State)
{
    public required int Attempts { get; init; }
    public required string Result { get; init; }
    public required int? Status { get; init; }

    /// <summary>When it is tried next; null if it is not waiting.</summary>
    public required Instant? Due { get; init; }

    /// <summary>The newest of a receiver.</summary>
    public static List<WebhookAttempt> Of(Db db, long webhook, int most) => db.Rows(
        """
        SELECT e.type, e.number, e.created_at, d.state, d.attempts, d.result, d.status, iif(d.state = 'waiting', max(d.due_at, w.held_until), NULL)
        FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id JOIN webhook w ON w.id = d.webhook_id
        WHERE d.webhook_id = $webhook ORDER BY d.id DESC LIMIT $most
        """,
        row => new WebhookAttempt(row.GetString(0), row.GetString(1), row.Number(2) is { } at ? Instant.FromUnixTimeSeconds(at) : null, row.GetString(3))
        {
            Attempts = row.GetInt32(4),
            Result = row.GetString(5),
            Status = (int?)row.Number(6),
            Due = row.Number(7) is > 0 and { } due ? Instant.FromUnixTimeSeconds(due) : null,
        },
        ("$webhook", webhook), ("$most", (long)most));
}
