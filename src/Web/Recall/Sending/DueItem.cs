using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Sending;

/// <summary>Something that falls due for an animal whose owner wants to know, by a rule that is in force.</summary>
internal sealed record DueItem(long Owner, long Animal, string Rule, LocalDate Due)
{
    /// <summary>Later than this many days after its date nobody is written to about it any more.</summary>
    public const int MostDaysLate = 60;

    /// <summary>What is due within so many days is said in the same mail.</summary>
    public const int TogetherDays = 42;

    public required string AnimalName { get; init; }
    public required int AheadDays { get; init; }

    /// <summary>Null for never once more.</summary>
    public required int? RepeatDays { get; init; }

    /// <summary>On which day its owner was told of it, and whether once more; null if not yet.</summary>
    public LocalDate? Told { get; init; }

    public bool IsToldAgain { get; init; }

    /// <summary>From when on it is told.</summary>
    public LocalDate Opens => Due.PlusDays(-AheadDays);

    private LocalDate Closes => Due.PlusDays(MostDaysLate);

    /// <summary>From which day on the next stage is ripe; null if none will be.</summary>
    public (int Stage, LocalDate From)? Next
    {
        get
        {
            if (Told is not { } told) return (1, Opens);
            return RepeatDays is { } days && !IsToldAgain && told.PlusDays(days) <= Closes ? (2, told.PlusDays(days)) : null;
        }
    }

    /// <summary>The stage that is ripe today; null if none is, or it would only be late.</summary>
    public int? RipeOn(LocalDate today) => today <= Closes && Next is { } next && next.From <= today ? next.Stage : null;

    /// <summary>Whether it goes along with something that is ripe, because the household comes anyway.</summary>
    public bool GoesAlong(LocalDate today) => Told is null && Due <= today.PlusDays(AheadDays + TogetherDays) && today <= Closes;

    private const string Query =
        """
        SELECT c.owner_id, d.animal_id, d.rule_id, d.due_on, a.name, r.ahead_days, r.repeat_days, t.told_at, EXISTS (
            SELECT 1 FROM recall_told g WHERE g.animal_id = d.animal_id AND g.rule_id = d.rule_id AND g.due_on = d.due_on AND g.stage = 2)
        FROM consenting c
        JOIN animal a ON a.owner_id = c.owner_id AND a.departed IS NULL
        JOIN animal_due d ON d.animal_id = a.id AND NOT d.off AND d.due_on >= $oldest
        JOIN recall_rule r ON r.id = d.rule_id AND r.active AND r.confirmed_at IS NOT NULL
        LEFT JOIN recall_told t ON t.animal_id = d.animal_id AND t.rule_id = d.rule_id AND t.due_on = d.due_on AND t.stage = 1
        """;

    /// <summary>All whose date is not long past.</summary>
    public static List<DueItem> All(Change change) => Read(change, Query + " ORDER BY d.due_on, d.animal_id, d.rule_id", 0);

    /// <summary>Those of one owner.</summary>
    public static List<DueItem> Of(Change change, long owner) => Read(change, Query + " WHERE c.owner_id = $owner ORDER BY a.name, a.id, d.due_on", owner);

    /// <summary>
    /// Whether nothing need be said: a fitting appointment is to come, or was since the time opened. Whoever typed the
    /// animal's name counts as well as whoever is known to come with it.
    /// </summary>
    public bool IsBooked(Change change) => change.Db.Number(
        """
        SELECT EXISTS (
          SELECT 1 FROM appointment t JOIN appointment_animal w ON w.appointment_id = t.id
          LEFT JOIN arrival v ON v.appointment_id = t.id
          WHERE (w.animal_id = $animal OR (w.animal_id IS NULL AND t.owner_id = $owner AND w.name = $name COLLATE NOCASE))
            AND t.state IN ('held', 'requested', 'booked') AND t.starts_at >= $since AND v.no_show_at IS NULL
            AND (t.visit_type_id IN (SELECT visit_type_id FROM recall_visit WHERE rule_id = $rule)
              OR NOT EXISTS (SELECT 1 FROM recall_visit WHERE rule_id = $rule)))
        """,
        ("$animal", Animal), ("$owner", Owner), ("$name", AnimalName), ("$rule", Rule),
        ("$since", Instant.Min(change.Now, Opens.AtStartOfDayInZone(change.Book.Practice.Zone).ToInstant()).ToUnixTimeSeconds())) == 1;

    private static List<DueItem> Read(Change change, string sql, long owner)
    {
        var zone = change.Book.Practice.Zone;
        var since = ("$oldest", (object?)LocalDatePattern.Iso.Format(change.Now.InZone(zone).Date.PlusDays(-MostDaysLate)));
        (string, object?)[] arguments = owner == 0 ? [since] : [since, ("$owner", owner)];
        return change.Db.Rows(
            sql,
            row => new DueItem(row.GetInt64(0), row.GetInt64(1), row.GetString(2), LocalDatePattern.Iso.Parse(row.GetString(3)).Value)
            {
                AnimalName = row.GetString(4),
                AheadDays = row.GetInt32(5),
                RepeatDays = (int?)row.Number(6),
                Told = row.Number(7) is { } told ? Instant.FromUnixTimeSeconds(told).InZone(zone).Date : null,
                IsToldAgain = row.GetBoolean(8),
            },
            arguments);
    }
}
