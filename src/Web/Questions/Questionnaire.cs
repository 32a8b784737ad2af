using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VetBooking.Web.Booking;

namespace VetBooking.Web.Questions;

/// <summary>What somebody answered, by the question's id, as it was sent: nothing of it is checked.</summary>
public delegate IReadOnlyList<string?> Given(string question);

/// <summary>The questions that one visit is asked, in order; those with a condition right after the one they hang on.</summary>
public sealed class Questionnaire
{
    private Questionnaire(ImmutableArray<Question> all)
    {
        var byCondition = all.ToLookup(one => one.Only?.Question);
        All = [.. byCondition[null].SelectMany(one => byCondition[one.Id].Prepend(one))];
        Mark = all.IsEmpty ? "" : MarkOf(All);
    }

    /// <summary>All of them. Those whose condition can never be met, as its question is not asked here, are left out.</summary>
    public ImmutableArray<Question> All { get; }

    /// <summary>Those without a condition.</summary>
    public IEnumerable<Question> Always => All.Where(one => one.Only is null);

    /// <summary>Those that are asked once this answer was chosen.</summary>
    public IEnumerable<Question> After(Question question, string option) => All.Where(one => one.Only is { } only && only.Question == question.Id && only.Option == option);

    /// <summary>Whether photos can be sent along.</summary>
    public bool TakesPhotos => All.Any(one => one.Kind == QuestionKind.Photo);

    /// <summary>
    /// Stands for the questions as they read now; empty if there are none. A form carries it, so that nobody's answer is ever
    /// kept under a question that was reworded while they typed.
    /// </summary>
    public string Mark { get; }

    /// <summary>The questions for a visit.</summary>
    public static Questionnaire For(ImmutableArray<Question> all, string visitType, IEnumerable<string> species) =>
        new([.. all.Where(one => one.Concerns(visitType, species))]);

    /// <summary>
    /// Checks what was answered and notes what is wrong under <c>answers.{id}</c>. Answers to questions whose condition is not
    /// met are passed over, as if nobody had typed them.
    /// </summary>
    public ImmutableArray<Answer> Read(Given given, Fields fields)
    {
        var answers = ImmutableArray.CreateBuilder<Answer>();
        foreach (var question in All.Where(one => one.Kind != QuestionKind.Photo && IsMet(one, given)))
        {
            var typed = given(question.Id).Select(one => one ?? "").Where(one => !string.IsNullOrWhiteSpace(one)).ToList();
            var field = FieldOf(question.Id);
            if (typed.Count == 0)
            {
                if (question.IsNeeded) fields.Wrong(field, Problem.Missing);
            }
            else if (AnswerReading.Read(question, typed, field, fields) is { Length: > 0 } said)
            {
                answers.Add(new Answer(question.Id, Question.Word(question.Kind), question.First.Asked, said) { IsOnDayList = question.IsOnDayList });
            }
        }
        return answers.ToImmutable();
    }

    /// <summary>The questions whose condition is met that ask for photos.</summary>
    public IEnumerable<Question> PhotoQuestions(Given given) => All.Where(one => one.Kind == QuestionKind.Photo && IsMet(one, given));

    /// <summary>What a question's answer is called where something is wrong with it.</summary>
    public static string FieldOf(string question) => "answers." + question;

    private bool IsMet(Question question, Given given) =>
        question.Only is not { } only || (All.Any(one => one.Id == only.Question && one.Options.Contains(only.Option)) && given(only.Question).Contains(only.Option));

    private static string MarkOf(IEnumerable<Question> all)
    {
        var text = new StringBuilder();
        foreach (var one in all)
        {
            text.Append('\n').Append(one.Id).Append('\t').Append(one.Kind).Append(one.IsNeeded).Append(one.Range).Append(one.Only);
            foreach (var (language, words) in one.Words.OrderBy(words => words.Key, StringComparer.Ordinal)) text.Append('\t').Append(language).Append('\t').AppendJoin('\t', [words.Asked, words.Help, .. words.Options]);
        }
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }
}
