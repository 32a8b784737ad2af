using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Dates;

/// <summary>One rule as it stands for one animal.</summary>
public sealed record DueLine(string Rule, string Name, LocalDate Given, LocalDate Due)
{
    public string Product { get; init; } = "";

    /// <summary>Whether somebody has set the date.</summary>
    public bool IsByHand { get; init; }

    /// <summary>Whether it is switched off for this animal.</summary>
    public bool IsOff { get; init; }
}

/// <summary>What falls due for one animal, and the form to enter what was given.</summary>
public sealed record DueCardModel(Staff Staff, long Animal)
{
    public required IReadOnlyList<DueLine> Lines { get; init; }

    /// <summary>The rules in force for such animals, as (id, name).</summary>
    public required IReadOnlyList<(string Id, string Name)> Rules { get; init; }

    /// <summary>What stands in the fields.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong with a field, in words.</summary>
    public IReadOnlyDictionary<string, string> Wrong { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the fields that are rarely needed are open.</summary>
    public bool IsOpen => ((string[])["praeparat", "monate", "faellig"]).Any(one => Wrong.ContainsKey(one) || Value(one).Length > 0);

    public string Value(string field) => Values.GetValueOrDefault(field, "");

    /// <summary>Null where there is nothing to say or to enter: no rule is in force for such animals.</summary>
    internal static DueCardModel? Load(Db db, Staff staff, AnimalRecord animal)
    {
        var all = RecallRule.All(db);
        var lines = db.Rows(
            "SELECT rule_id, given_on, due_on, product, by_hand, off FROM animal_due WHERE animal_id = $animal ORDER BY off, due_on",
            row => new DueLine(row.GetString(0), all.First(rule => rule.Id == row.GetString(0)).Name(staff.T.Language), Date(row.GetString(1)), Date(row.GetString(2)))
            {
                Product = row.GetString(3),
                IsByHand = row.GetBoolean(4),
                IsOff = row.GetBoolean(5),
            },
            ("$animal", animal.Id));
        var rules = animal.Departed is not null ? [] : all.Where(rule => rule.IsInForce && rule.Species == animal.Facts.Species).Select(rule => (rule.Id, rule.Name(staff.T.Language))).ToList();
        return lines.Count == 0 && rules.Count == 0 ? null : new DueCardModel(staff, animal.Id)
        {
            Lines = lines,
            Rules = rules,
            Values = new Dictionary<string, string> { ["am"] = LocalDatePattern.Iso.Format(staff.Visitor.Today) },
        };
    }

    private static LocalDate Date(string iso) => LocalDatePattern.Iso.Parse(iso).Value;
}
