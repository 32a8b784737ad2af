using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Dates;

/// <summary>What was given last, and what follows from it.</summary>
/// <param name="On">When it was given.</param>
/// <param name="Product">What exactly; may be empty.</param>
/// <param name="ProductMonths">After how many months the product wants to be given again; null if the rule's interval holds.</param>
/// <param name="DueByHand">The date somebody has set instead; null if the interval decides.</param>
internal sealed record Given(LocalDate On, string Product, int? ProductMonths, LocalDate? DueByHand);

/// <summary>When what falls due for which animal: one date for each animal and rule, the next.</summary>
internal static class DueDates
{
    /// <summary>The next date: what somebody has set, else by the product, else by the rule; null if nothing says.</summary>
    public static LocalDate? Next(Given given, int? ruleMonths) =>
        given.DueByHand ?? ((given.ProductMonths ?? ruleMonths) is { } months ? given.On.PlusMonths(months) : null);

    /// <summary>Keeps what was given last and when it is due again.</summary>
    public static void Enter(Change change, Actor actor, long animal, string rule, (Given Given, LocalDate Due) what)
    {
        change.Db.Execute(
            """
            INSERT INTO animal_due (animal_id, rule_id, given_on, product, product_months, due_on, by_hand)
            VALUES ($animal, $rule, $given, $product, $months, $due, $hand)
            ON CONFLICT (animal_id, rule_id) DO UPDATE SET given_on = excluded.given_on, product = excluded.product, product_months = excluded.product_months,
              due_on = excluded.due_on, by_hand = excluded.by_hand, off = 0
            """,
            ("$animal", animal), ("$rule", rule), ("$given", LocalDatePattern.Iso.Format(what.Given.On)), ("$product", what.Given.Product), ("$months", what.Given.ProductMonths),
            ("$due", LocalDatePattern.Iso.Format(what.Due)), ("$hand", what.Given.DueByHand is null ? 0L : 1L));
        Audit.Add(change, actor, "due.entered", "animal", animal, rule);
    }

    /// <summary>Switches a rule off for one animal, or on again; answers whether there was anything to switch.</summary>
    public static bool Switch(Change change, Actor actor, long animal, string rule, bool off)
    {
        if (change.Db.Execute("UPDATE animal_due SET off = $off WHERE animal_id = $animal AND rule_id = $rule AND off <> $off",
            ("$off", off ? 1L : 0L), ("$animal", animal), ("$rule", rule)) == 0) return false;
        Audit.Add(change, actor, off ? "due.off" : "due.on", "animal", animal, rule);
        return true;
    }

    /// <summary>After a rule has changed: the dates that follow from its interval. Where it has none any more they stay.</summary>
    public static void Recompute(Db db, RecallRule rule)
    {
        if (rule.IntervalMonths is not { } months) return;
        var dates = db.Rows("SELECT animal_id, given_on, due_on FROM animal_due WHERE rule_id = $rule AND NOT by_hand AND product_months IS NULL",
            row => (Animal: row.GetInt64(0), Given: LocalDatePattern.Iso.Parse(row.GetString(1)).Value, Due: row.GetString(2)), ("$rule", rule.Id));
        foreach (var (animal, given, due) in dates)
        {
            var next = LocalDatePattern.Iso.Format(given.PlusMonths(months));
            if (next != due) db.Execute("UPDATE animal_due SET due_on = $due WHERE animal_id = $animal AND rule_id = $rule", ("$due", next), ("$animal", animal), ("$rule", rule.Id));
        }
    }

    /// <summary>How many owners a rule would have written to within the next four weeks.</summary>
    public static long Coming(Change change, RecallRule rule) => change.Db.Number(
        """
        SELECT count(DISTINCT a.owner_id) FROM animal_due d JOIN animal a ON a.id = d.animal_id AND a.departed IS NULL JOIN consenting c ON c.owner_id = a.owner_id
        WHERE d.rule_id = $rule AND NOT d.off AND d.due_on BETWEEN $from AND $until
        """,
        ("$rule", rule.Id), ("$from", Day(change, -Sending.DueItem.MostDaysLate)), ("$until", Day(change, rule.AheadDays + 28)));

    private static string Day(Change change, int days) => LocalDatePattern.Iso.Format(change.Now.InZone(change.Book.Practice.Zone).Date.PlusDays(days));
}
