using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;

namespace VetBooking.Web.Questions;

/// <summary>Makes of what was typed what is kept, or notes what is wrong with it.</summary>
internal static class AnswerReading
{
    private const int LongestText = 500;
    private const int LongestNumber = 12;
    private static readonly LocalDatePattern German = LocalDatePattern.CreateWithInvariantCulture("d.M.uuuu");

    /// <summary>The answer to keep; empty if something is wrong with it.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="typed">What was sent, one or more values, none of them blank.</param>
    /// <param name="field">What the answer is called where something is wrong with it.</param>
    /// <param name="fields">Where that is noted.</param>
    public static string Read(Question question, IReadOnlyList<string> typed, string field, Fields fields) => question.Kind switch
    {
        QuestionKind.Text => fields.Optional(field, typed[0], LongestText, lines: true),
        QuestionKind.Choice => typed.Count == 1 && question.Options.Contains(typed[0]) ? typed[0] : Wrong(Problem.Unknown, question, field, fields),
        QuestionKind.Several => typed.All(one => question.Options.Contains(one)) ? string.Join('\n', question.Options.Where(typed.Contains)) : Wrong(Problem.Unknown, question, field, fields),
        QuestionKind.Number => Number(typed[0].Trim()) is { } number && number >= question.Range.Least && number <= question.Range.Most
            ? number.ToString("0.##", CultureInfo.InvariantCulture).Replace('.', ',')
            : Wrong(Problem.NotANumber, question, field, fields),
        QuestionKind.Date => Date(typed[0].Trim()) is { } date ? LocalDatePattern.Iso.Format(date) : Wrong(Problem.NotADate, question, field, fields),
        _ => "",
    };

    // Weights have a comma, and some keyboards only a full stop.
    private static decimal? Number(string text) =>
        text.Length <= LongestNumber && decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    // As browsers send it, or as people write it where a browser knows no dates.
    private static LocalDate? Date(string text)
    {
        foreach (var pattern in new[] { LocalDatePattern.Iso, German })
        {
            if (pattern.Parse(text) is { Success: true, Value: { Year: >= 1900 and < 2200 } date }) return date;
        }
        return null;
    }

    private static string Wrong(Problem problem, Question question, string field, Fields fields)
    {
        fields.Problems.Add(new FieldProblem(field, problem, question.Range.Most) { Least = question.Range.Least });
        return "";
    }
}
