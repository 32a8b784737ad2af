using VetBooking.Web.Setup.FirstSteps;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.VisitTypes;

/// <summary>The visit types a practice can start from, each as the form would show it: the SQL files, read through a database in memory.</summary>
internal static class Catalogue
{
    private static readonly Lazy<IReadOnlyList<VisitTypeRow>> Rows = new(Read);

    /// <summary>All of them in their order.</summary>
    public static IReadOnlyList<VisitTypeRow> All => Rows.Value;

    /// <summary>One of them for this practice: its own animals, people and rooms instead of the usual ones; null if there is none of that name.</summary>
    public static VisitTypeRow? For(Db db, string id)
    {
        if (All.FirstOrDefault(row => row.Id == id) is not { } row) return null;
        var known = db.Rows("SELECT id FROM species", species => species.GetString(0)).ToHashSet();
        return row with
        {
            Position = (int)db.Number("SELECT ifnull(max(position), 0) + 1 FROM visit_type"),
            Minutes = row.Minutes.Where(one => known.Contains(one.Key)).ToDictionary(),
            Needs = [.. row.Needs.Select(need => Fitting(db, need))],
            Windows = Hours.WeekDays.None,
        };
    }

    /// <summary>A need in this practice: whoever has the skill, or else anybody or anything of the kind.</summary>
    private static NeedRow Fitting(Db db, NeedRow need)
    {
        if (need.Skill.Length > 0 && db.Number("SELECT EXISTS (SELECT 1 FROM skill s JOIN resource r ON r.id = s.resource_id WHERE s.skill = $skill AND r.active)", ("$skill", need.Skill)) == 1) return need;
        return need with { AnyOf = [.. db.Rows("SELECT id FROM resource WHERE kind = $kind AND active ORDER BY position", row => row.GetString(0), ("$kind", need.Kind))] };
    }

    private static IReadOnlyList<VisitTypeRow> Read()
    {
        using var db = Db.Open(":memory:");
        Migrations.Run(db);
        foreach (var (id, _) in SpeciesChoice.All) db.Execute("INSERT INTO species (id, position) VALUES ($id, 0)", ("$id", id));
        StartCatalogue.Load(db);
        return [.. VisitTypeRow.All(db).Select(row => row with { IsActive = true }).OrderBy(row => row.Position)];
    }
}
