using System.Collections.Frozen;
using System.Collections.Immutable;
using VetBooking.Web.Questions;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Instructions;

/// <summary>Something owners are told before or after they have booked.</summary>
public sealed record Instruction(string Id)
{
    /// <summary>Animals that die of an empty stomach. The database refuses, too, to let anybody tell their owners otherwise.</summary>
    public static readonly ImmutableArray<string> NeverFast = ["rabbit", "guinea-pig", "hamster"];

    public int Position { get; init; }

    /// <summary>When it is said: <c>before</c>, <c>after</c> or <c>both</c>.</summary>
    public string Moment { get; init; } = "both";

    /// <summary>Whether it asks for an empty stomach. Such a one holds for the species named, and for no other.</summary>
    public bool IsFasting { get; init; }

    /// <summary>The visit types it belongs to; also some that the practice does not have, or not yet.</summary>
    public ImmutableArray<string> VisitTypes { get; init; } = [];

    /// <summary>The species it holds for; all, if empty and not about fasting.</summary>
    public ImmutableArray<string> Species { get; init; } = [];

    /// <summary>By language; in German in any case.</summary>
    public required FrozenDictionary<string, string> Words { get; init; }

    /// <summary>What it says in a language, or in German where it has no such words.</summary>
    public string In(string language) => Words.GetValueOrDefault(language) ?? Words.GetValueOrDefault(Question.FirstLanguage) ?? "";

    /// <summary>Whether it is said at this moment of a visit.</summary>
    public bool IsSaid(string moment, string visitType) => (Moment == "both" || Moment == moment) && VisitTypes.Contains(visitType);

    /// <summary>Whether it holds for an animal.</summary>
    public bool HoldsFor(string species) => IsFasting ? Species.Contains(species) && !NeverFast.Contains(species) : Species.IsEmpty || Species.Contains(species);

    /// <summary>All of them in the practice's order.</summary>
    internal static ImmutableArray<Instruction> All(Db db)
    {
        var words = Pairs("SELECT instruction_id, language, words FROM instruction_text");
        var types = Pairs("SELECT instruction_id, visit_type_id, '' FROM instruction_visit_type ORDER BY visit_type_id");
        var species = Pairs("SELECT instruction_id, species_id, '' FROM instruction_species ORDER BY species_id");
        return [.. db.Rows("SELECT id, position, moment, fasting FROM instruction ORDER BY position, id", row => new Instruction(row.GetString(0))
        {
            Position = row.GetInt32(1),
            Moment = row.GetString(2),
            IsFasting = row.GetBoolean(3),
            VisitTypes = [.. types[row.GetString(0)].Select(one => one.Key)],
            Species = [.. species[row.GetString(0)].Select(one => one.Key)],
            Words = words[row.GetString(0)].ToFrozenDictionary(one => one.Key, one => one.Words),
        })];

        ILookup<string, (string Key, string Words)> Pairs(string sql) =>
            db.Rows(sql, row => (Id: row.GetString(0), Pair: (row.GetString(1), row.GetString(2)))).ToLookup(row => row.Id, row => row.Pair);
    }

    /// <summary>Keeps it.</summary>
    internal void Save(Db db)
    {
        // The species go first: one that may fast cannot become one that may not while they are there.
        foreach (var part in (string[])["instruction_text", "instruction_visit_type", "instruction_species"]) db.Execute($"DELETE FROM {part} WHERE instruction_id = $id", ("$id", Id));
        db.Execute(
            """
            INSERT INTO instruction (id, position, moment, fasting) VALUES ($id, $position, $moment, $fasting)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, moment = excluded.moment, fasting = excluded.fasting
            """,
            ("$id", Id), ("$position", Position), ("$moment", Moment), ("$fasting", IsFasting ? 1 : 0));
        foreach (var (language, text) in Words) db.Execute("INSERT INTO instruction_text (instruction_id, language, words) VALUES ($id, $language, $words)", ("$id", Id), ("$language", language), ("$words", text));
        foreach (var type in VisitTypes) db.Execute("INSERT INTO instruction_visit_type (instruction_id, visit_type_id) VALUES ($id, $type)", ("$id", Id), ("$type", type));
        foreach (var species in Species) db.Execute("INSERT INTO instruction_species (instruction_id, species_id) VALUES ($id, $species)", ("$id", Id), ("$species", species));
    }
}
