using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Dates;

/// <summary>One date of the list: for whom, what, and how far it has come.</summary>
public sealed record DueRow(LocalDate Due, long Animal, string AnimalName, string Species, string Rule)
{
    public required long Owner { get; init; }
    public required string OwnerName { get; init; }
    public required string Phone { get; init; }

    /// <summary>Whether they agreed to be told by mail.</summary>
    public bool HasConsent { get; init; }

    /// <summary>When they were told last, and what became of that mail: waiting, sent or failed; null if never.</summary>
    public (Instant At, string State)? Told { get; init; }

    /// <summary>The fitting appointment to come; null if none.</summary>
    public (long Id, Instant Start)? Booked { get; init; }
}

/// <summary>What falls due in a time, with who knows of it and who has an appointment; to look at and to print.</summary>
public sealed record DueListModel(Staff Staff, int Days)
{
    /// <summary>How many days ahead it can look.</summary>
    public static readonly int[] Spans = [42, 90, 180, 365];

    /// <summary>What is past for longer than that is another matter than a reminder.</summary>
    private const int DaysBack = 365;

    private const int MostRows = 500;

    public required IReadOnlyList<DueRow> Rows { get; init; }

    /// <summary>Whether there are more than are shown.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether any rule is in force.</summary>
    public bool IsOn { get; init; }

    public static DueListModel Load(Db db, Staff staff, int days)
    {
        var today = staff.Visitor.Today;
        var rows = db.Rows(
            """
            SELECT d.due_on, a.id, a.name, a.species_id, n.name, o.id, o.name, o.phone, EXISTS (SELECT 1 FROM consenting c WHERE c.owner_id = o.id),
              (SELECT max(told_at) FROM recall_told t WHERE t.animal_id = a.id AND t.rule_id = d.rule_id AND t.due_on = d.due_on),
              (SELECT ifnull(m.state, 'sent') FROM recall_told t LEFT JOIN outbox m ON m.id = t.outbox_id
                WHERE t.animal_id = a.id AND t.rule_id = d.rule_id AND t.due_on = d.due_on ORDER BY t.stage DESC LIMIT 1),
              b.id, b.starts_at
            FROM animal_due d
            JOIN recall_rule u ON u.id = d.rule_id AND u.active AND u.confirmed_at IS NOT NULL
            JOIN animal a ON a.id = d.animal_id AND a.departed IS NULL
            JOIN owner o ON o.id = a.owner_id
            JOIN recall_rule_text n ON n.rule_id = d.rule_id AND n.language = iif(EXISTS (SELECT 1 FROM recall_rule_text x WHERE x.rule_id = d.rule_id AND x.language = $language), $language, 'de')
            LEFT JOIN appointment b ON b.id = (
              SELECT v.id FROM appointment v JOIN appointment_animal w ON w.appointment_id = v.id
              WHERE (w.animal_id = a.id OR (w.animal_id IS NULL AND v.owner_id = o.id AND w.name = a.name COLLATE NOCASE))
                AND v.starts_at >= $now AND v.state IN ('held', 'requested', 'booked')
                AND (v.visit_type_id IN (SELECT visit_type_id FROM recall_visit r WHERE r.rule_id = d.rule_id) OR NOT EXISTS (SELECT 1 FROM recall_visit r WHERE r.rule_id = d.rule_id))
              ORDER BY v.starts_at LIMIT 1)
            WHERE d.due_on BETWEEN $from AND $until AND NOT d.off ORDER BY d.due_on, o.sort_name, a.name LIMIT $most
            """,
            row => new DueRow(LocalDatePattern.Iso.Parse(row.GetString(0)).Value, row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4))
            {
                Owner = row.GetInt64(5),
                OwnerName = row.GetString(6),
                Phone = row.GetString(7),
                HasConsent = row.GetBoolean(8),
                Told = row.Number(9) is { } told ? (Instant.FromUnixTimeSeconds(told), row.GetString(10)) : null,
                Booked = row.Number(11) is { } booked ? (booked, Instant.FromUnixTimeSeconds(row.GetInt64(12))) : null,
            },
            ("$language", staff.T.Language), ("$now", staff.Now.ToUnixTimeSeconds()), ("$from", LocalDatePattern.Iso.Format(today.PlusDays(-DaysBack))),
            ("$until", LocalDatePattern.Iso.Format(today.PlusDays(days))), ("$most", MostRows + 1L));
        return new DueListModel(staff, days) { Rows = [.. rows.Take(MostRows)], HasMore = rows.Count > MostRows, IsOn = Recalls.AreOn(db) };
    }
}
