using NodaTime;
using VetBooking.Web.Setup.FirstSteps;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Rules;

/// <summary>What falls due for animals of a species and after how long, with where that is written. It does nothing until somebody has confirmed it.</summary>
internal sealed record RecallRule
{
    public required string Id { get; init; }
    public int Position { get; init; }
    public string Species { get; init; } = "";
    public string What { get; init; } = "vaccination";

    /// <summary>Months from one time to the next; null where only the product says.</summary>
    public int? IntervalMonths { get; init; }

    public string FirstSeries { get; init; } = "";
    public string Note { get; init; } = "";
    public string Source { get; init; } = "";
    public string Edition { get; init; } = "";
    public int AheadDays { get; init; } = 21;
    public int? RepeatDays { get; init; } = 28;
    public bool IsActive { get; init; } = true;

    /// <summary>When somebody confirmed it, and whose account it was; null if nobody has.</summary>
    public (Instant At, long? By)? Confirmed { get; init; }

    /// <summary>What it is called, by language.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The visit types whose appointments are for it; any, if none.</summary>
    public IReadOnlyList<string> For { get; init; } = [];

    public bool IsInForce => IsActive && Confirmed is not null;

    private static readonly Lazy<IReadOnlyList<RecallRule>> StartRules = new(ReadStart);

    /// <summary>The rules a practice can start from, as the SQL file beside this class has them.</summary>
    public static IReadOnlyList<RecallRule> Start => StartRules.Value;

    /// <summary>All of the practice's, in their order.</summary>
    public static IReadOnlyList<RecallRule> All(Db db)
    {
        var names = db.Rows("SELECT rule_id, language, name FROM recall_rule_text", row => (Id: row.GetString(0), Language: row.GetString(1), Name: row.GetString(2))).ToLookup(row => row.Id);
        var types = db.Rows("SELECT rule_id, visit_type_id FROM recall_visit ORDER BY visit_type_id", row => (Id: row.GetString(0), Type: row.GetString(1))).ToLookup(row => row.Id, row => row.Type);
        return db.Rows(
            """
            SELECT id, position, species_id, what, interval_months, first_series, note, source, edition, ahead_days, repeat_days, active, confirmed_at, confirmed_by
            FROM recall_rule ORDER BY active DESC, position, id
            """,
            row => new RecallRule
            {
                Id = row.GetString(0),
                Position = row.GetInt32(1),
                Species = row.GetString(2),
                What = row.GetString(3),
                IntervalMonths = (int?)row.Number(4),
                FirstSeries = row.GetString(5),
                Note = row.GetString(6),
                Source = row.GetString(7),
                Edition = row.GetString(8),
                AheadDays = row.GetInt32(9),
                RepeatDays = (int?)row.Number(10),
                IsActive = row.GetBoolean(11),
                Confirmed = row.Number(12) is { } at ? (Instant.FromUnixTimeSeconds(at), row.Number(13)) : null,
                Names = names[row.GetString(0)].ToDictionary(one => one.Language, one => one.Name),
                For = [.. types[row.GetString(0)]],
            });
    }

    /// <summary>What it is called; in German, if nobody has said it otherwise.</summary>
    public string Name(string language) => Names.GetValueOrDefault(language) ?? Names.GetValueOrDefault("de") ?? Id;

    /// <summary>What a rule is called in a language, or else in German.</summary>
    public static string NameOf(Db db, string rule, string language) => db.Row(
        "SELECT name FROM recall_rule_text WHERE rule_id = $rule AND language IN ($language, 'de') ORDER BY language = 'de' LIMIT 1",
        row => row.GetString(0), ("$rule", rule), ("$language", language)) ?? rule;

    /// <summary>The visit types a rule's appointments are of.</summary>
    public static List<string> VisitTypes(Db db, string rule) =>
        db.Rows("SELECT visit_type_id FROM recall_visit WHERE rule_id = $rule ORDER BY visit_type_id", row => row.GetString(0), ("$rule", rule));

    /// <summary>Whether the two say the same to a vet: a rule that says something else wants to be confirmed anew.</summary>
    public bool SaysTheSame(RecallRule other) => (Species, What, IntervalMonths) == (other.Species, other.What, other.IntervalMonths);

    public void Save(Db db)
    {
        db.Execute(
            """
            INSERT INTO recall_rule (id, position, species_id, what, interval_months, first_series, note, source, edition, ahead_days, repeat_days, active, confirmed_at, confirmed_by)
            VALUES ($id, $position, $species, $what, $months, $first, $note, $source, $edition, $ahead, $repeat, $active, $at, $by)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, species_id = excluded.species_id, what = excluded.what, interval_months = excluded.interval_months,
              first_series = excluded.first_series, note = excluded.note, source = excluded.source, edition = excluded.edition, ahead_days = excluded.ahead_days,
              repeat_days = excluded.repeat_days, active = excluded.active, confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by
            """,
            ("$id", Id), ("$position", Position), ("$species", Species), ("$what", What), ("$months", IntervalMonths), ("$first", FirstSeries), ("$note", Note),
            ("$source", Source), ("$edition", Edition), ("$ahead", AheadDays), ("$repeat", RepeatDays), ("$active", IsActive ? 1 : 0),
            ("$at", Confirmed?.At.ToUnixTimeSeconds()), ("$by", Confirmed?.By));
        foreach (var part in (string[])["recall_rule_text", "recall_visit"]) db.Execute($"DELETE FROM {part} WHERE rule_id = $id", ("$id", Id));
        foreach (var (language, name) in Names)
        {
            db.Execute("INSERT INTO recall_rule_text (rule_id, language, name) VALUES ($id, $language, $name)", ("$id", Id), ("$language", language), ("$name", name));
        }
        foreach (var type in For) db.Execute("INSERT INTO recall_visit (rule_id, visit_type_id) VALUES ($id, $type)", ("$id", Id), ("$type", type));
    }

    /// <summary>The start rules the practice has not got and has the animals for; their appointments are those for vaccinations.</summary>
    public static List<RecallRule> Missing(Db db)
    {
        var known = db.Rows("SELECT id FROM recall_rule", row => row.GetString(0)).ToHashSet();
        var treated = db.Rows("SELECT id FROM species WHERE treated", row => row.GetString(0)).ToHashSet();
        var types = db.Rows("SELECT id FROM visit_type WHERE id IN ('impfung', 'pferd')", row => row.GetString(0)).ToHashSet();
        return
        [
            .. from rule in Start
               where !known.Contains(rule.Id) && treated.Contains(rule.Species)
               let type = rule.Species == "horse" ? "pferd" : "impfung"
               select rule with { For = types.Contains(type) ? [type] : [] },
        ];
    }

    private static IReadOnlyList<RecallRule> ReadStart()
    {
        using var db = Db.Open(":memory:");
        Migrations.Run(db);
        foreach (var (id, _) in SpeciesChoice.All) db.Execute("INSERT INTO species (id, position) VALUES ($id, 0)", ("$id", id));
        using var reader = new StreamReader(typeof(RecallRule).Assembly.GetManifestResourceStream(typeof(RecallRule), "start-rules.sql")!);
        db.Execute(reader.ReadToEnd());
        return All(db);
    }
}
