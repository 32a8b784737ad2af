using Microsoft.Data.Sqlite;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Animals;

/// <summary>What the practice knows of an animal, as staff write it.</summary>
public sealed record AnimalFacts
{
    public required string Name { get; init; }
    public required string Species { get; init; }
    public string Breed { get; init; } = "";

    /// <summary><c>female</c>, <c>male</c>, or empty if unknown.</summary>
    public string Sex { get; init; } = "";

    /// <summary><c>yes</c>, <c>no</c>, or empty if unknown.</summary>
    public string Neutered { get; init; } = "";

    /// <summary>As precise as it is known: 'YYYY', 'YYYY-MM' or a date.</summary>
    public string? Born { get; init; }

    /// <summary>See <see cref="ChipNumber"/>; empty if it has none.</summary>
    public string Chip { get; init; } = "";

    public string Insurance { get; init; } = "";

    /// <summary>Words out of <see cref="Animals.Behaviour"/>, separated by blanks.</summary>
    public string Behaviour { get; init; } = "";

    public string Note { get; init; } = "";
}

/// <summary>An animal as the database holds it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Revision">Counts its changes.</param>
/// <param name="Owner">Id of its main owner.</param>
/// <param name="Facts">What is known of it.</param>
public sealed record AnimalRecord(long Id, long Revision, long Owner, AnimalFacts Facts)
{
    /// <summary><c>died</c> or <c>given-away</c>; null while it is the owner's.</summary>
    public string? Departed { get; init; }

    /// <summary>Since which date, as text.</summary>
    public string? DepartedOn { get; init; }

    private const string Columns = "id, revision, owner_id, name, species_id, breed, sex, neutered, born, chip, insurance, behaviour, note, departed, departed_on";

    /// <summary>The animal with this id, or null.</summary>
    public static AnimalRecord? Load(Db db, long id) => db.Row($"SELECT {Columns} FROM animal WHERE id = $id", From, ("$id", id));

    /// <summary>The animals of an owner, main owner or not; the departed last.</summary>
    public static List<AnimalRecord> OfOwner(Db db, long owner) => db.Rows(
        $"""
        SELECT {Columns} FROM animal
        WHERE owner_id = $owner OR id IN (SELECT animal_id FROM co_owner WHERE owner_id = $owner)
        ORDER BY departed IS NOT NULL, name COLLATE NOCASE, id
        """,
        From, ("$owner", owner));

    /// <summary>Adds an animal; answers the new id.</summary>
    public static long Add(Change change, long owner, AnimalFacts facts, long? import = null) => change.Db.Insert(
        """
        INSERT INTO animal (owner_id, name, species_id, breed, sex, neutered, born, chip, insurance, behaviour, note, import_id)
        VALUES ($owner, $name, $species, $breed, $sex, $neutered, $born, $chip, $insurance, $behaviour, $note, $import)
        """,
        [("$owner", owner), .. Values(facts), ("$import", import)]);

    /// <summary>Writes what is known of an animal.</summary>
    public static void Save(Change change, long id, AnimalFacts facts) => change.Db.Execute(
        """
        UPDATE animal SET name = $name, species_id = $species, breed = $breed, sex = $sex, neutered = $neutered, born = $born, chip = $chip,
          insurance = $insurance, behaviour = $behaviour, note = $note, revision = revision + 1
        WHERE id = $id
        """,
        [.. Values(facts), ("$id", id)]);

    private static (string, object?)[] Values(AnimalFacts facts) =>
    [
        ("$name", facts.Name), ("$species", facts.Species), ("$breed", facts.Breed), ("$sex", facts.Sex.Length == 0 ? null : facts.Sex),
        ("$neutered", facts.Neutered switch { "yes" => 1L, "no" => 0L, _ => null }), ("$born", facts.Born), ("$chip", facts.Chip),
        ("$insurance", facts.Insurance), ("$behaviour", facts.Behaviour), ("$note", facts.Note),
    ];

    private static AnimalRecord From(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), new AnimalFacts
    {
        Name = row.GetString(3),
        Species = row.GetString(4),
        Breed = row.GetString(5),
        Sex = row.Text(6) ?? "",
        Neutered = row.Number(7) switch { 1 => "yes", 0 => "no", _ => "" },
        Born = row.Text(8),
        Chip = row.GetString(9),
        Insurance = row.GetString(10),
        Behaviour = row.GetString(11),
        Note = row.GetString(12),
    })
    {
        Departed = row.Text(13),
        DepartedOn = row.Text(14),
    };
}
