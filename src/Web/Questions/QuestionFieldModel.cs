using VetBooking.Web.Booking;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Questions;

/// <summary>A question in the last form of a booking, with those that hang on its answers.</summary>
public sealed record QuestionFieldModel(ContactModel Form, Question Question)
{
    /// <summary>What the name of its field begins with; the question's id follows.</summary>
    public const string Prefix = "frage-";

    public Text T => Form.Page.Visitor.T;

    public QuestionWords Words => Question.In(T.Language);

    /// <summary>The question as it stands above the field. What need not be answered says so.</summary>
    public string Label => Question.IsNeeded ? Words.Asked : T.BookingQuestionsOptional(Words.Asked);

    /// <summary>Its name, and the id of its first control.</summary>
    public string Name => (Question.Kind == QuestionKind.Photo ? SentForm.PhotoField : Prefix) + Question.Id;

    /// <summary>Where an error leads to.</summary>
    public string Id => Prefix + Question.Id;

    /// <summary>A sentence beside it; for photos what becomes of them.</summary>
    public string Help => Question.Kind == QuestionKind.Photo
        ? $"{Words.Help} {T.BookingQuestionsPhotoHelp(Photo.Most, Photo.MostBytes / 1024 / 1024, Form.Page.Visitor.Profile.PhotoDays)}".Trim()
        : Words.Help;

    public string? Wrong => Form.Wrong(Questionnaire.FieldOf(Question.Id));

    public string? Invalid => Wrong is null ? null : "true";

    /// <summary>The ids of what describes it; null if nothing does.</summary>
    public string? DescribedBy => $"{(Help.Length > 0 ? Id + "-hilfe" : "")}{(Wrong is null ? "" : $" {Id}-fehler")}".Trim() is { Length: > 0 } ids ? ids : null;

    /// <summary>What was typed.</summary>
    public string Typed => Form.Typed.Given(Question.Id) is [var first, ..] ? first ?? "" : "";

    /// <summary>Whether an answer to choose from was chosen.</summary>
    public bool IsChosen(string option) => Form.Typed.Given(Question.Id).Contains(option);

    /// <summary>Whether anything hangs on its answers: then they stand one below the other, so that what follows has room.</summary>
    public bool Leads => Question.Options.Any(option => Form.Questions.After(Question, option).Any());
}
