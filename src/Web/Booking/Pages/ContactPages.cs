using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking.Pages;
using VetBooking.Web.Protection;
using VetBooking.Web.Questions;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>The fourth step, how to reach the owner, and the booking itself.</summary>
public static class ContactPages
{
    /// <summary>A field no person sees; whoever fills it in is no person.</summary>
    public const string Honeypot = "website";

    /// <summary>The field with the mark of the questions that the form asks.</summary>
    public const string QuestionsField = "fragen";

    /// <summary><c>GET /buchen/kontakt</c></summary>
    public static IResult Show(FlowPage page) =>
        page.MissingBefore(FlowStep.Contact) ?? Page.Ok(Contact.Create(new ContactModel(page, page.Flow, ContactTyped.Nothing)));

    /// <summary><c>POST /buchen/kontakt</c></summary>
    public static async Task<IResult> Book(FlowPage page, Bookings bookings, Limits limits, IClock clock)
    {
        if (page.MissingBefore(FlowStep.Contact) is { } missing) return missing;
        var (visitor, questions) = (page.Visitor, page.Questions);
        var sent = await SentForm.Read(visitor, questions.TakesPhotos);
        var form = sent.Fields;
        // One of the nearest times, offered because the chosen one was gone.
        var flow = TimeChoice.Read(form["zeit"].ToString(), visitor.Book.Practice.Zone) is { } other
            ? page.Flow with { Start = other.Start, Vet = other.Vet }
            : page.Flow;
        var model = new ContactModel(page, flow, ContactTyped.Read(form)) { HadPhotos = sent.Photos.Count > 0 };
        var given = model.Typed.Given;

        var fields = new Fields();
        var name = fields.Required("owner.name", model.Typed.Name, Fields.LongestName);
        var email = fields.Email("owner.email", model.Typed.Email);
        var phone = fields.Phone("owner.phone", model.Typed.Phone);
        var note = fields.Optional("note", model.Typed.Note, Fields.LongestNote, lines: true);
        questions.Read(given, fields);
        if (form[Honeypot].ToString().Length > 0) fields.Wrong(Honeypot, Problem.Unknown);
        if (email is null || fields.Problems.Count > 0) return Page.Again(Contact.Create(model with { Problems = fields.Problems }));
        if (clock.GetCurrentInstant() - page.Flow.Made < limits.FastestForm) return Page.Again(Contact.Create(model with { Sentence = visitor.T.BookingContactTooFast }));
        if (limits.TooManyTries(visitor.Http.Block()) is not null) return TooMany(model);
        if (sent.IsCut) return Page.Again(Contact.Create(model with { Sentence = visitor.T.ProblemPhoto("cut", Photo.Most, Photo.MostBytes / 1024 / 1024) }));
        var photos = await SentPhotos.Draw(questions, given, sent.Photos, fields);
        if (fields.Problems.Count > 0) return Page.Again(Contact.Create(model with { Problems = fields.Problems }));

        var wish = new BookingWish
        {
            VisitType = flow.VisitType,
            Start = flow.Start!.Value,
            Vet = flow.Vet,
            Language = visitor.Language,
            Name = name,
            Email = email,
            Phone = phone,
            Animals = flow.Animals,
            Note = note,
            Given = given,
            QuestionsMark = form[QuestionsField].ToString(),
            Photos = photos,
        };
        var receipt = ReceiptToken(flow.Key);
        var key = BookingKey.Of(flow.Key, string.Join('\n', flow.Start, flow.Vet, name, email.Key, phone, note));
        return await bookings.Book(wish, key, visitor.Http.Block(), receipt) switch
        {
            // Sent twice with something changed in between: the first booking stands, and its page says what it is.
            BookingOutcome.Done or BookingOutcome.KeyReused => Visitor.SeeOther(visitor.Url("/buchen/fertig/" + receipt)),
            BookingOutcome.TooMany => TooMany(model),
            // The practice has just changed them: what it asks now is read, and answered, before anything is kept.
            BookingOutcome.OtherQuestions or BookingOutcome.Unanswered => Page.Again(Contact.Create(model.Anew(visitor.Http) with { Sentence = visitor.T.BookingQuestionsChanged })),
            BookingOutcome.Refused refused => Page.Again(Contact.Create(model with
            {
                Sentence = Wording.Of(visitor.T, refused.Because, visitor.Book),
                Nearest = NearestStarts.To(page.Request(), wish.Start, CurrentDiary(visitor), visitor.Now),
            })),
            _ => throw new InvalidOperationException(),
        };

        IResult TooMany(ContactModel typed) => Page.With(Contact.Create(typed with { Sentence = visitor.T.BookingContactTooMany(visitor.Profile.Phone) }), StatusCodes.Status429TooManyRequests);
    }

    // The visitor's book is from before the booking; another one has just been faster.
    private static Diary CurrentDiary(Visitor visitor) => visitor.Http.RequestServices.GetRequiredService<Writer>().Current.Diary;

    /// <summary>The same booking always has the same receipt, so an answer that got lost can be asked for again.</summary>
    private static string ReceiptToken(string key) =>
        System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "receipt"u8));
}

/// <summary>What was typed, exactly as it was.</summary>
public sealed record ContactTyped(string Name, string Email, string Phone, string Note, Given Given)
{
    public static readonly ContactTyped Nothing = new("", "", "", "", _ => []);

    public static ContactTyped Read(IFormCollection form) => new(form["name"].ToString(), form["email"].ToString(), form["telefon"].ToString(), form["nachricht"].ToString(),
        question => form[QuestionFieldModel.Prefix + question].ToArray());
}

/// <summary>The page that asks how to reach the owner.</summary>
/// <param name="Page">The way through the booking.</param>
/// <param name="Flow">The answers, with the time that is to be booked.</param>
/// <param name="Typed">What was typed before.</param>
public sealed record ContactModel(FlowPage Page, Flow Flow, ContactTyped Typed)
{
    /// <summary>What is wrong with single fields.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>What is wrong with the booking as a whole; null if nothing.</summary>
    public string? Sentence { get; init; }

    /// <summary>Free times instead of the one that is gone.</summary>
    public IReadOnlyList<FreeStart> Nearest { get; init; } = [];

    /// <summary>Whether photos were sent; no browser keeps them for a second time.</summary>
    public bool HadPhotos { get; init; }

    /// <summary>The practice's questions.</summary>
    public Questionnaire Questions { get; init; } = Page.Questions;

    public bool HasErrors => Problems.Count > 0 || Sentence is not null;

    /// <summary>What is wrong with one field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Problems.FirstOrDefault(one => one.Field == field) is { } problem ? Wording.Of(Page.Visitor.T, problem) : null;

    /// <summary>What is wrong with one field, for the list of all that is: a question of the practice's is named.</summary>
    public string Line(FieldProblem problem)
    {
        var (t, words) = (Page.Visitor.T, Wording.Of(Page.Visitor.T, problem));
        return Questions.All.FirstOrDefault(one => Questionnaire.FieldOf(one.Id) == problem.Field) is { } question ? t.ProblemAnswer(question.In(t.Language).Asked, words) : words;
    }

    /// <summary>The same page with the questions as the practice has them by now.</summary>
    public ContactModel Anew(HttpContext http) => this with { Questions = http.RequestServices.GetRequiredService<Writer>().Current.Profile.QuestionsFor(Flow.VisitType, Flow.Animals.Select(animal => animal.Species)) };

    /// <summary>The id of the control that a problem is about.</summary>
    public static string ControlOf(FieldProblem problem) => problem.Field switch
    {
        "owner.name" => "name",
        "owner.email" => "email",
        "owner.phone" => "telefon",
        "note" => "nachricht",
        ['a', 'n', 's', 'w', 'e', 'r', 's', '.', .. var question] => QuestionFieldModel.Prefix + question,
        _ => ContactPages.Honeypot,
    };
}
