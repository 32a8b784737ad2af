using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Flow;

/// <summary>Somebody did not come.</summary>
/// <param name="Appointment">The appointment's id.</param>
/// <param name="Start">When it was.</param>
/// <param name="Name">Who had it.</param>
/// <param name="VisitType">What for.</param>
/// <param name="IsWaived">Whether it does not count.</param>
/// <param name="Total">How many count against this owner.</param>
public sealed record NoShow(long Appointment, Instant Start, string Name, string VisitType, bool IsWaived, int Total);

/// <summary>After how many no-shows within how many months an owner's online bookings become requests; never, if <paramref name="Limit"/> is null.</summary>
public sealed record NoShowRule(int? Limit, int Months)
{
    internal static NoShowRule Load(Db db) => db.Row("SELECT no_show_limit, no_show_months FROM practice", row => new NoShowRule((int?)row.Number(0), row.GetInt32(1)))!;

    /// <summary>Since when no-shows count.</summary>
    public Instant Since(Instant now, DateTimeZone zone) => zone.AtStartOfDay(now.InZone(zone).Date.PlusMonths(-Months)).ToInstant();
}

/// <summary>Who did not come. Only the practice knows, and only for its own planning.</summary>
public sealed class NoShows(Writer writer)
{
    /// <summary>All of the time that counts, newest first.</summary>
    internal static List<NoShow> List(Db db, Instant since) => db.Rows(
        """
        SELECT a.id, a.starts_at, a.name, a.visit_type_id, r.waived_at IS NOT NULL,
          (SELECT count(*) FROM arrival x JOIN appointment b ON b.id = x.appointment_id
           WHERE x.no_show_at IS NOT NULL AND x.waived_at IS NULL AND b.starts_at >= $since AND (b.owner_id = a.owner_id OR (b.email_key <> '' AND b.email_key = a.email_key)))
        FROM arrival r JOIN appointment a ON a.id = r.appointment_id
        WHERE r.no_show_at IS NOT NULL AND a.starts_at >= $since ORDER BY a.starts_at DESC, a.id
        """,
        row => new NoShow(row.GetInt64(0), Instant.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetInt32(5)),
        ("$since", since.ToUnixTimeSeconds()));

    /// <summary>How many no-shows count against an owner.</summary>
    internal static int Count(Db db, long owner, Instant since) => (int)db.Number(
        """
        SELECT count(*) FROM arrival r JOIN appointment a ON a.id = r.appointment_id
        WHERE r.no_show_at IS NOT NULL AND r.waived_at IS NULL AND a.starts_at >= $since
          AND (a.owner_id = $owner OR (a.email_key <> '' AND a.email_key = (SELECT email_key FROM owner WHERE id = $owner)))
        """,
        ("$owner", owner), ("$since", since.ToUnixTimeSeconds()));

    /// <summary>
    /// What a confirmed booking becomes: a request, if its owner did not come too often. Only asked once the address is
    /// proved, so that nobody learns it of somebody else (docs/decisions/0011-known-owner-at-confirmation.md).
    /// </summary>
    internal static VisitState StateFor(Change change, VisitState state, long owner)
    {
        var rule = NoShowRule.Load(change.Db);
        return state == VisitState.Booked && rule.Limit is { } limit && Count(change.Db, owner, rule.Since(change.Now, change.Book.Practice.Zone)) >= limit ? VisitState.Requested : state;
    }

    /// <summary>Lets a no-show count no more, or count after all; false if there is none.</summary>
    public Task<bool> Waive(Staff staff, long appointment, bool waive) => writer.Write(change =>
    {
        var at = waive ? change.Now.ToUnixTimeSeconds() : (long?)null;
        if (change.Db.Execute("UPDATE arrival SET waived_at = $at WHERE appointment_id = $id AND no_show_at IS NOT NULL", ("$at", at), ("$id", appointment)) == 0) return false;
        Audit.Add(change, staff.Actor, waive ? "no-show.waived" : "no-show.counted", "appointment", appointment);
        return true;
    });

    /// <summary>Changes the rule.</summary>
    public Task<bool> Decide(Staff staff, NoShowRule rule) => writer.Write(change =>
    {
        change.Db.Execute("UPDATE practice SET no_show_limit = $limit, no_show_months = $months, revision = revision + 1", ("$limit", rule.Limit), ("$months", rule.Months));
        Audit.Add(change, staff.Actor, "no-show-rule.changed", "practice", 1);
        change.Reload();
        return true;
    });
}
