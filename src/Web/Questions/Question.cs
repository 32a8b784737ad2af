using System.Collections.Frozen;
using System.Collections.Immutable;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Questions;

/// <summary>What kind of answer a question wants.</summary>
public enum QuestionKind { Text, Choice, Several, Number, Date, Photo }

/// <summary>A question in one language.</summary>
/// <param name="Asked">The question.</param>
/// <param name="Help">A sentence beside it; may be empty.</param>
/// <param name="Options">The answers to choose from, in order.</param>
public sealed record QuestionWords(string Asked, string Help, ImmutableArray<string> Options);

/// <summary>That a question is asked only of those who gave this answer to another one.</summary>
/// <param name="Question">Id of the other one.</param>
/// <param name="Option">The answer, in German.</param>
public sealed record QuestionCondition(string Question, string Option);

/// <summary>A question of the practice's own.</summary>
public sealed record Question(string Id, QuestionKind Kind)
{
    /// <summary>The language every question has; answers to choose from are known by their words in it.</summary>
    public const string FirstLanguage = "de";

    public int Position { get; init; }

    /// <summary>Whether nobody books online without an answer.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>Whether the answer stands on the day list.</summary>
    public bool IsOnDayList { get; init; }

    /// <summary>When it is asked at all; null if always.</summary>
    public QuestionCondition? Only { get; init; }

    /// <summary>The visit types it belongs to; null for all.</summary>
    public ImmutableArray<string>? VisitTypes { get; init; }

    /// <summary>The species it is about; all, if empty.</summary>
    public ImmutableArray<string> Species { get; init; } = [];

    /// <summary>Between which numbers an answer lies, if it is one.</summary>
    public (int Least, int Most) Range { get; init; } = (0, 1000);

    /// <summary>By language.</summary>
    public required FrozenDictionary<string, QuestionWords> Words { get; init; }

    /// <summary>Whether there are answers to choose from.</summary>
    public bool HasOptions => Kind is QuestionKind.Choice or QuestionKind.Several;

    /// <summary>The answers to choose from, as they are stored and sent.</summary>
    public ImmutableArray<string> Options => HasOptions ? First.Options : [];

    /// <summary>The question in German.</summary>
    public QuestionWords First => Words[FirstLanguage];

    /// <summary>The question in a language, or in German where it has no such words.</summary>
    public QuestionWords In(string language) => Words.GetValueOrDefault(language) ?? First;

    /// <summary>What an answer to choose from is called in a language.</summary>
    public string OptionIn(string language, string option)
    {
        var words = In(language).Options;
        var at = First.Options.IndexOf(option);
        return at >= 0 && words.Length == First.Options.Length ? words[at] : option;
    }

    /// <summary>Whether it belongs to a visit of this kind with these animals.</summary>
    public bool Concerns(string visitType, IEnumerable<string> species) =>
        (VisitTypes is not { } types || types.Contains(visitType)) && (Species.IsEmpty || species.Any(Species.Contains));

    /// <summary>All of them in the practice's order.</summary>
    internal static ImmutableArray<Question> All(Db db)
    {
        var words = db.Rows("SELECT question_id, language, words, help, answers FROM question_text", row => (Id: row.GetString(0), Language: row.GetString(1),
            Words: new QuestionWords(row.GetString(2), row.GetString(3), Profile.Lines(row.GetString(4))))).ToLookup(row => row.Id);
        var types = Pairs(db, "SELECT question_id, visit_type_id FROM question_visit_type ORDER BY visit_type_id");
        var species = Pairs(db, "SELECT question_id, species_id FROM question_species ORDER BY species_id");
        return [.. db.Rows(
            "SELECT id, kind, position, needed, on_day_list, only_question_id, only_answer, least, most, for_all_types FROM question ORDER BY position, id",
            row => new Question(row.GetString(0), KindOf(row.GetString(1)))
            {
                Position = row.GetInt32(2),
                IsNeeded = row.GetBoolean(3),
                IsOnDayList = row.GetBoolean(4),
                Only = row.Text(5) is { } other ? new QuestionCondition(other, row.GetString(6)) : null,
                Range = (row.GetInt32(7), row.GetInt32(8)),
                VisitTypes = row.GetBoolean(9) ? null : [.. types[row.GetString(0)]],
                Species = [.. species[row.GetString(0)]],
                Words = words[row.GetString(0)].ToFrozenDictionary(one => one.Language, one => one.Words),
            })];
    }

    /// <summary>A kind as a word, in the database, in forms and in the API.</summary>
    internal static string Word(QuestionKind kind) => kind switch
    {
        QuestionKind.Text => "text",
        QuestionKind.Choice => "choice",
        QuestionKind.Several => "several",
        QuestionKind.Number => "number",
        QuestionKind.Date => "date",
        _ => "photo",
    };

    internal static QuestionKind KindOf(string word) => Enum.GetValues<QuestionKind>().First(kind => Word(kind) == word);

    private static ILookup<string, string> Pairs(Db db, string sql) => db.Rows(sql, row => (Id: row.GetString(0), Other: row.GetString(1))).ToLookup(row => row.Id, row => row.Other);
}
