using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Visits;

/// <summary>
/// Reminds owners of their visits, as many hours before as the visit type says. Nothing is planned ahead: what is due follows
/// from the diary, so a visit that is moved or called off needs no care, and whatever came due while nobody ran is settled
/// in one go, with one mail for each visit at most.
/// </summary>
internal static class Reminders
{
    /// <summary>So shortly before a visit, a reminder comes too late to be one.</summary>
    private static readonly Duration TooLate = Duration.FromHours(1);

    /// <summary>So many seconds are looked through at the most while the practice runs.</summary>
    private const long LongestStretch = 3600;

    /// <summary>When the next reminder comes due; null if none will.</summary>
    public static Instant? NextDue(Db db) => db.Row(
        """
        SELECT min(r.hours * -3600 + (
          SELECT a.starts_at FROM appointment a
          WHERE a.starts_at > p.reminded_until + r.hours * 3600 AND a.visit_type_id = r.visit_type_id AND a.state = 'booked' AND (a.email <> '' OR (a.phone <> '' AND EXISTS (SELECT 1 FROM gateway)))
          ORDER BY a.starts_at LIMIT 1))
        FROM practice p, reminder r
        """,
        row => row.Number(0)) is { } due ? Instant.FromUnixTimeSeconds(due) : null;

    /// <summary>
    /// Settles every reminder that has come due since the last time: the latest of a visit becomes a mail, unless its owner
    /// was told of the visit since it was due. So whoever books later than that is never reminded, and nobody is twice.
    /// </summary>
    /// <returns>How many mails there are to send.</returns>
    public static int Remind(Change change)
    {
        var now = change.Now.ToUnixTimeSeconds();
        var since = change.Db.Number("SELECT reminded_until FROM practice");
        var due = change.Db.Rows(
            """
            SELECT a.id, a.starts_at, r.hours FROM reminder r
            JOIN appointment a ON a.starts_at > $since + r.hours * 3600 AND a.starts_at <= $now + r.hours * 3600 AND a.visit_type_id = r.visit_type_id
            WHERE a.state = 'booked' AND (a.email <> '' OR (a.phone <> '' AND EXISTS (SELECT 1 FROM gateway)))
              AND max(a.created_at, ifnull((SELECT max(created_at) FROM outbox o WHERE o.appointment_id = a.id), 0)) < a.starts_at - r.hours * 3600
            """,
            row => (Id: row.GetInt64(0), Start: Instant.FromUnixTimeSeconds(row.GetInt64(1)), Hours: row.GetInt32(2)),
            ("$since", since == 0 ? now : since), ("$now", now));
        // Moved on now and then also when nothing was due, so that it is always a short stretch that is looked through; and when
        // somebody was told in between, or what has passed would go on being the next.
        if (due.Count > 0 || now - since >= LongestStretch || NextDue(change.Db) <= change.Now) change.Db.Execute("UPDATE practice SET reminded_until = $now", ("$now", now));
        var inTime = due.GroupBy(one => one.Id).Select(visit => visit.MinBy(one => one.Hours)).Where(visit => change.Now <= visit.Start - TooLate).ToList();
        if (inTime.Count == 0) return 0;
        var at = QuietHours.Of(change).FirstMoment(change.Now);
        // What would come in the quiet hours waits for their end; nobody is woken, and nobody is reminded of what has begun.
        foreach (var visit in inTime.Where(visit => at < visit.Start)) Outbox.Add(change, visit.Id, MailKind.Reminder, at);
        return inTime.Count;
    }
}
