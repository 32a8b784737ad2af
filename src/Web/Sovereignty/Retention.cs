using NodaTime;
using VetBooking.Web.Sovereignty.Map;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty;

/// <summary>Removes what is over its time, as configured (GDPR Art. 5(1)(e)); anonymous counts stay.</summary>
internal static class Retention
{
    /// <summary>So many rows of a rule in one change: bookings wait for no more than that.</summary>
    private const int Batch = 200;

    /// <summary>Tokens and answers to repeated requests outlive their end by this.</summary>
    private static readonly Duration TokenGrace = Duration.FromDays(7);

    /// <summary>How many days each rule keeps what it is about.</summary>
    public static IReadOnlyDictionary<string, int> Days(Db db)
    {
        var chosen = db.Rows("SELECT rule, days FROM retention", row => (Rule: row.GetString(0), Days: row.GetInt32(1))).ToDictionary(row => row.Rule, row => row.Days);
        return RetentionRule.All.ToDictionary(rule => rule.Id, rule => chosen.GetValueOrDefault(rule.Id, rule.Days));
    }

    /// <summary>How much each rule would remove now; rules that would remove nothing are left out.</summary>
    public static IReadOnlyDictionary<string, long> Due(Db db, Instant now)
    {
        var days = Days(db);
        return RetentionRule.All
            .Select(rule => (rule.Id, Count: db.Number($"SELECT count(*) FROM {rule.Table} WHERE {rule.IsOver}", ("$before", Before(now, days[rule.Id])))))
            .Where(row => row.Count > 0)
            .ToDictionary(row => row.Id, row => row.Count);
    }

    /// <summary>Removes everything that is due, a batch after the other, and leaves the counts in the audit log.</summary>
    /// <returns>How much each rule removed; rules that removed nothing are left out.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> Apply(Writer writer, Actor actor, CancellationToken stop)
    {
        await writer.Write(change => { Tidy(change); return 0; });
        var removed = new Dictionary<string, long>();
        foreach (var rule in RetentionRule.All)
        {
            int batch;
            do
            {
                stop.ThrowIfCancellationRequested();
                batch = await writer.Write(change => Remove(change, rule, actor));
                if (batch > 0) removed[rule.Id] = removed.GetValueOrDefault(rule.Id) + batch;
            }
            while (batch == Batch);
        }
        return removed;
    }

    private static int Remove(Change change, RetentionRule rule, Actor actor)
    {
        var days = Days(change.Db)[rule.Id];
        var start = rule.Table == "appointment" ? "starts_at" : "0";
        var due = change.Db.Rows(
            $"SELECT id, {start} FROM {rule.Table} WHERE {rule.IsOver} ORDER BY id LIMIT $most",
            row => (Id: row.GetInt64(0), Start: row.GetInt64(1)),
            ("$before", Before(change.Now, days)), ("$most", Batch));
        foreach (var (id, startsAt) in due)
        {
            if (rule.Before.Length > 0) change.Db.Execute(rule.Before, ("$id", id));
            change.Db.Execute($"DELETE FROM {rule.Table} WHERE id = $id", ("$id", id));
            if (startsAt > 0) change.Touch(Instant.FromUnixTimeSeconds(startsAt));
        }
        if (due.Count > 0) Audit.Add(change, actor, "retention.removed", "retention:" + rule.Id, due.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return due.Count;
    }

    /// <summary>What nobody has to decide about: ended tokens, and answers kept for requests that are sent twice.</summary>
    private static void Tidy(Change change)
    {
        var before = (change.Now - TokenGrace).ToUnixTimeSeconds();
        foreach (var table in DataMap.Tables.Where(table => table.EndsAt is not null))
            change.Db.Execute($"DELETE FROM {table.Name} WHERE {table.EndsAt} < $before", ("$before", before));
        change.Db.Execute("DELETE FROM legal_hold WHERE until < $today", ("$today", NodaTime.Text.LocalDatePattern.Iso.Format(change.Now.InZone(change.Book.Practice.Zone).Date)));
        change.Db.Execute("DELETE FROM answered WHERE appointment_id IN (SELECT id FROM appointment WHERE created_at < $before)", ("$before", before));
        change.Db.Execute("DELETE FROM recall_link WHERE NOT EXISTS (SELECT 1 FROM consent c WHERE c.owner_id = recall_link.owner_id)");
        change.Db.Execute("DELETE FROM series WHERE created_at < $before AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.series_id = series.id)", ("$before", before));
    }

    private static long Before(Instant now, int days) => (now - Duration.FromDays(days)).ToUnixTimeSeconds();
}
