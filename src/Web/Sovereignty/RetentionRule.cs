using System.Collections.Immutable;
using VetBooking.Web.Sovereignty.Map;

namespace VetBooking.Web.Sovereignty;

/// <summary>
/// A class of personal data and how long it is kept (GDPR Art. 5(1)(e)). What happens is over when it says so; what must be
/// kept by law, like invoices and drug records, is not in this program but in the practice's own.
/// </summary>
/// <param name="Id">What it is called in the settings, the audit log and the texts.</param>
/// <param name="Days">How long it is kept unless the practice says otherwise.</param>
/// <param name="Range">How many days a practice may choose.</param>
/// <param name="IsOver">The condition, in SQL, for what began its time before <c>$before</c>, in seconds since 1970.</param>
public sealed record RetentionRule(string Id, int Days, (int Least, int Most) Range, string IsOver)
{
    private const int LongestDays = 3650;

    /// <summary>Where it is kept, by an <c>id</c>: the table the map names it for.</summary>
    public string Table => DataMap.TableOf(Id);

    /// <summary>Done to a row before it goes.</summary>
    public string Before { get; init; } = "";

    /// <summary>All of them, in the order in which they are applied: what others depend on comes last.</summary>
    public static readonly ImmutableArray<RetentionRule> All =
    [
        // Nobody has shown that the address is theirs, or nobody decided in time. A week, so that the mailed link can still say so.
        new("lapsed", 7, (1, 90), "state = 'lapsed' AND created_at < $before"),
        new("cancelled", 90, (7, LongestDays), "state = 'cancelled' AND starts_at < $before AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.owner_id = appointment.owner_id)"),
        new("visits", 365, (30, LongestDays), "state = 'booked' AND starts_at < $before AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.owner_id = appointment.owner_id)")
        {
            Before = "UPDATE owner SET seen_at = max(coalesce(seen_at, 0), (SELECT starts_at FROM appointment WHERE id = $id)) WHERE id = (SELECT owner_id FROM appointment WHERE id = $id)",
        },
        // What somebody showed or said before a visit is of use until a little after it.
        new("photos", 30, (1, 365), "appointment_id IN (SELECT id FROM appointment WHERE starts_at < $before)"),
        new("answers", 365, (1, LongestDays), "appointment_id IN (SELECT id FROM appointment WHERE starts_at < $before)"),
        new("waiting", 7, (1, 90), "(state = 'ended' AND ended_at < $before) OR (state <> 'ended' AND last_day < date($before, 'unixepoch'))"),
        new("mails", 30, (7, 365), "state <> 'waiting' AND coalesce(sent_at, created_at) < $before"),
        new("walk-ins", 30, (1, 365), "day < date($before, 'unixepoch')"),
        // The proof of a consent stays while it holds; afterwards as long as somebody may ask for it (GDPR Art. 5(2) and 7(1)).
        new("consents", 1096, (365, LongestDays),
            """
            (SELECT c.act = 'withdrawn' AND c.at < $before FROM consent c WHERE c.owner_id = consent.owner_id ORDER BY c.at DESC, c.id DESC LIMIT 1)
            """)
        {
            // The withdrawal goes last: without it, the consent before would hold again.
            Before = "DELETE FROM consent WHERE act = 'given' AND owner_id = (SELECT owner_id FROM consent WHERE id = $id)",
        },
        // The log goes on saying that it was asked and answered.
        new("requests", 90, (7, 1096), "state <> 'open' AND decided_at < $before"),
        new("merges", 30, (1, 365), "merged_at < $before"),
        // Whoever shares an animal with somebody stays as long as they do, and whoever asked to be told as long as something is to come.
        new("owners", 730, (90, LongestDays),
            """
            max(created_at, coalesce(confirmed_at, 0), coalesce(seen_at, 0)) < $before
            AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.owner_id = owner.id)
            AND NOT EXISTS (SELECT 1 FROM walk_in w WHERE w.owner_id = owner.id)
            AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.owner_id = owner.id AND w.state <> 'ended')
            AND NOT EXISTS (SELECT 1 FROM co_owner c WHERE c.owner_id = owner.id)
            AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.owner_id = owner.id)
            AND NOT EXISTS (SELECT 1 FROM consenting k JOIN animal n ON n.owner_id = k.owner_id AND n.departed IS NULL JOIN animal_due d ON d.animal_id = n.id AND NOT d.off
              WHERE k.owner_id = owner.id AND d.due_on >= date($before, 'unixepoch'))
            AND NOT EXISTS (SELECT 1 FROM animal n JOIN co_owner c ON c.animal_id = n.id WHERE n.owner_id = owner.id)
            AND NOT EXISTS (SELECT 1 FROM animal n JOIN appointment_animal p ON p.animal_id = n.id WHERE n.owner_id = owner.id)
            """),
        // Always from its start: the chain of hashes goes on from the last entry taken.
        new("audit", 365, (90, LongestDays), "id < (SELECT min(id) FROM audit WHERE at >= $before)")
        {
            Before = "INSERT INTO audit_start (only, id, hash) SELECT 1, id, hash FROM audit WHERE id = $id ON CONFLICT DO UPDATE SET id = excluded.id, hash = excluded.hash",
        },
    ];
}
