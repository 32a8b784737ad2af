using NodaTime.Text;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Questions;

/// <summary>What an owner answered, with the question in the words it had then.</summary>
/// <param name="Question">Id of the question; there may be none of that id any more.</param>
/// <param name="Kind">What kind of answer it is, as a word.</param>
/// <param name="Asked">The question in German.</param>
/// <param name="Said">The answer; several stand one in a line.</param>
public sealed record Answer(string Question, string Kind, string Asked, string Said)
{
    /// <summary>Whether it stands on the day list.</summary>
    public bool IsOnDayList { get; init; }

    /// <summary>The answer for people.</summary>
    public string In(Text t) => Kind switch
    {
        "several" => Said.Replace("\n", ", ", StringComparison.Ordinal),
        "date" when LocalDatePattern.Iso.Parse(Said) is { Success: true } date => t.SettingsDate(date.Value),
        _ => Said,
    };

    /// <summary>The answers with an appointment, in order.</summary>
    internal static IReadOnlyList<Answer> Of(Db db, long appointment) => db.Rows(
        "SELECT question_id, kind, asked, said, on_day_list FROM answer WHERE appointment_id = $id ORDER BY position", From, ("$id", appointment));

    /// <summary>The answers for the day lists between two moments, in seconds since 1970, by appointment.</summary>
    internal static ILookup<long, Answer> OnDayList(Db db, long from, long to) => db.Rows(
        """
        SELECT w.question_id, w.kind, w.asked, w.said, w.on_day_list, a.id FROM answer w JOIN appointment a ON a.id = w.appointment_id
        WHERE w.on_day_list AND a.starts_at >= $from AND a.starts_at < $to ORDER BY a.id, w.position
        """,
        row => (Id: row.GetInt64(5), Answer: From(row)), ("$from", from), ("$to", to)).ToLookup(row => row.Id, row => row.Answer);

    /// <summary>Keeps answers with their appointment.</summary>
    internal static void Save(Db db, long appointment, IReadOnlyList<Answer> answers)
    {
        for (var i = 0; i < answers.Count; i++)
        {
            db.Execute(
                "INSERT INTO answer (appointment_id, position, question_id, kind, asked, said, on_day_list) VALUES ($id, $position, $question, $kind, $asked, $said, $list)",
                ("$id", appointment), ("$position", i), ("$question", answers[i].Question), ("$kind", answers[i].Kind), ("$asked", answers[i].Asked),
                ("$said", answers[i].Said), ("$list", answers[i].IsOnDayList ? 1 : 0));
        }
    }

    private static Answer From(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)) { IsOnDayList = row.GetBoolean(4) };
}
