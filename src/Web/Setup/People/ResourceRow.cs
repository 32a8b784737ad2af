using System.Globalization;
using System.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.People;

/// <summary>A person, a room or a device as the settings show it.</summary>
internal sealed record ResourceRow(string Id, string Kind, int Position, string Name, string Role)
{
    public bool IsActive { get; init; } = true;
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Those of a kind, in their order; those that are no longer there come last.</summary>
    public static IReadOnlyList<ResourceRow> All(Db db, string kind)
    {
        var skills = Known(db);
        return db.Rows("SELECT id, kind, position, name, role, active FROM resource WHERE kind = $kind ORDER BY active DESC, position, id",
            row => new ResourceRow(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4)) { IsActive = row.GetBoolean(5), Skills = [.. skills[row.GetString(0)]] },
            ("$kind", kind));
    }

    /// <summary>Every skill somebody has or some visit type asks for.</summary>
    public static IReadOnlyList<string> AllSkills(Db db) =>
        db.Rows("SELECT skill FROM skill UNION SELECT skill FROM need WHERE skill IS NOT NULL ORDER BY 1", row => row.GetString(0));

    /// <summary>Whether an appointment, past or to come, has to do with it: then it stays, and is only set aside.</summary>
    public bool IsUsed(Db db) => db.Number(
        "SELECT EXISTS (SELECT 1 FROM occupancy WHERE resource_id = $id) OR EXISTS (SELECT 1 FROM appointment WHERE vet = $id)", ("$id", Id)) == 1;

    public void Save(Db db)
    {
        db.Execute(
            """
            INSERT INTO resource (id, kind, position, name, role, active) VALUES ($id, $kind, $position, $name, $role, $active)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, role = excluded.role, active = excluded.active
            """,
            ("$id", Id), ("$kind", Kind), ("$position", Position), ("$name", Name), ("$role", Role), ("$active", IsActive ? 1 : 0));
        db.Execute("DELETE FROM skill WHERE resource_id = $id", ("$id", Id));
        foreach (var skill in Skills.Distinct()) db.Execute("INSERT INTO skill (resource_id, skill) VALUES ($id, $skill)", ("$id", Id), ("$skill", skill));
    }

    /// <summary>An id for something new: a word out of its name, as it will stand in addresses and in the API.</summary>
    public static string NewId(string name, string fallback, Func<string, bool> isTaken)
    {
        var word = new StringBuilder();
        foreach (var letter in name.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1].Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (letter is (>= 'a' and <= 'z') or (>= '0' and <= '9')) word.Append(letter);
        }
        var id = word.Length > 0 && char.IsAsciiLetter(word[0]) ? word.ToString() : fallback + (word.Length > 0 ? "-" + word : "");
        var free = id;
        for (var number = 2; isTaken(free); number++) free = string.Create(CultureInfo.InvariantCulture, $"{id}-{number}");
        return free;
    }

    private static ILookup<string, string> Known(Db db) =>
        db.Rows("SELECT resource_id, skill FROM skill ORDER BY skill", row => (Id: row.GetString(0), Skill: row.GetString(1))).ToLookup(row => row.Id, row => row.Skill);
}
