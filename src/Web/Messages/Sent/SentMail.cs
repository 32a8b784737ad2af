using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Sent;

/// <summary>A mail as staff see it: what it was, what became of it, and, while it is kept, what it said.</summary>
/// <param name="Id">Of its row in the outbox.</param>
/// <param name="Appointment">The appointment it is about; 0 if it is about none.</param>
/// <param name="Number">That appointment's number, or empty.</param>
/// <param name="Kind">A word of <see cref="MailKinds"/>.</param>
/// <param name="State">waiting, sent, void or failed.</param>
public sealed record SentMail(long Id, long Appointment, string Number, string Kind, string State)
{
    /// <summary>The owner it went to; 0 if the practice has no record of theirs.</summary>
    public required long Owner { get; init; }

    /// <summary>When it was sent, or else when it was written.</summary>
    public required Instant At { get; init; }

    /// <summary>The mail address it went to, or the telephone number.</summary>
    public required string Email { get; init; }

    /// <summary>Why it was not delivered, as the relay said; empty if it was.</summary>
    public required string Fault { get; init; }

    /// <summary>Subject and plain text; null if they were not kept.</summary>
    public (string Subject, string Text)? Said { get; init; }

    private const string Columns =
        """
        SELECT m.id, ifnull(m.appointment_id, 0), ifnull(a.number, ''), m.kind, m.state, coalesce(m.sent_at, m.created_at), iif(m.channel = 'gateway', a.phone, coalesce(a.email, o.email, w.email)), ifnull(m.last_error, ''), m.subject, m.said, coalesce(m.owner_id, a.owner_id, w.owner_id, 0)
        FROM outbox m LEFT JOIN appointment a ON a.id = m.appointment_id LEFT JOIN owner o ON o.id = m.owner_id LEFT JOIN waiting w ON w.id = m.waiting_id
        """;

    /// <summary>The mails about an appointment, the newest first.</summary>
    public static IReadOnlyList<SentMail> About(Db db, long appointment) =>
        db.Rows(Columns + " WHERE m.appointment_id = $id ORDER BY m.id DESC", Read, ("$id", appointment));

    /// <summary>The newest mails to an owner, as many as asked for.</summary>
    public static IReadOnlyList<SentMail> To(Db db, long owner, int most) =>
        db.Rows(Columns + " WHERE a.owner_id = $id OR m.owner_id = $id OR w.owner_id = $id ORDER BY m.id DESC LIMIT $most", Read, ("$id", owner), ("$most", most));

    public static SentMail? Find(Db db, long id) => db.Row(Columns + " WHERE m.id = $id AND m.account_id IS NULL", Read, ("$id", id));

    private static SentMail Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4))
    {
        At = Instant.FromUnixTimeSeconds(row.GetInt64(5)),
        Email = row.GetString(6),
        Fault = row.GetString(7),
        Owner = row.GetInt64(10),
        Said = row.IsDBNull(9) ? null : (row.GetString(8), row.GetString(9)),
    };
}
