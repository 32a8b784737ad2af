using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Protection;
using VetBooking.Web.Questions;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary><c>POST /api/v1/bookings</c></summary>
public static class BookingApi
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;

    public static async Task<IResult> Book(HttpContext http, Writer writer, Bookings bookings, Limits limits, IClock clock)
    {
        var book = writer.Current;
        var text = PageLanguage.TextOf(http, book.Profile);
        BookingBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(http.Request.Body, BookingJson.Default.BookingBody, http.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            body = null;
        }
        if (body is null) return Problems.Unreadable(text);
        body = body.Plain();

        var fields = new Fields();
        var key = BookingKey.Of(KeyOf(http, fields), JsonSerializer.Serialize(body, BookingJson.Default.BookingBody));
        var outcome = bookings.Before(key);
        if (outcome is null && limits.TooManyTries(http.Block()) is { } wait) return Problems.TooMany(wait, text);
        var wish = Read(body, book, clock.GetCurrentInstant(), fields);
        if (outcome is null && (wish is null || fields.Problems.Count > 0)) return Problems.Invalid(fields.Problems, text);

        return (outcome ?? await bookings.Book(wish!, key, http.Block())) switch
        {
            BookingOutcome.Done done => Results.Json(Body(done.Answer, book.Practice.Zone), BookingJson.Answers.BookingBodyAnswer, statusCode: 201),
            BookingOutcome.Refused { Because: Refusal.Taken or Refusal.DayFull } => Problems.Taken(
                NearestStarts.To(wish!.Request, wish.Start, writer.Current.Diary, clock.GetCurrentInstant()), wish.Request, book, text),
            BookingOutcome.Refused refused => Problems.Refused(refused.Because, book, text),
            BookingOutcome.Unanswered unanswered => Problems.Invalid(unanswered.Problems, text),
            BookingOutcome.KeyReused => Problems.KeyReused(text),
            BookingOutcome.TooMany many => Problems.TooMany(many.RetryAfter, text),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>The client's own key for this one booking.</summary>
    internal static string KeyOf(HttpContext http, Fields fields)
    {
        var header = http.Request.Headers[KeyHeader].ToString();
        if (header.Length == 0) fields.Wrong(KeyHeader, Problem.Missing);
        else if (header.Length > LongestKey) fields.Wrong(KeyHeader, Problem.TooLong, LongestKey);
        return header;
    }

    private static BookingWish? Read(BookingBody body, Book book, Instant now, Fields fields)
    {
        var today = book.Diary.DateOf(now);
        var visitType = fields.Required("visitType", body.VisitType, 60);
        var start = ApiTime.Read(body.Start, book.Practice.Zone);
        if (start is null) fields.Wrong("start", body.Start is null ? Problem.Missing : Problem.NotADate);
        var language = body.Language ?? book.Profile.Languages[0];
        if (!book.Profile.Languages.Contains(language)) fields.Wrong("language", Problem.Unknown);
        var name = fields.Required("owner.name", body.Owner?.Name, Fields.LongestName);
        var email = fields.Email("owner.email", body.Owner?.Email);
        var phone = fields.Phone("owner.phone", body.Owner?.Phone);
        var note = fields.Optional("note", body.Note, Fields.LongestNote, lines: true);
        var animals = Animals.ReadAll(fields, body.Animals, book.Profile, today);
        var given = GivenIn(body, book.Profile, fields);
        if (animals.Length > 0) book.Profile.QuestionsFor(visitType, animals.Select(animal => animal.Species)).Read(given, fields);
        return fields.Problems.Count > 0 ? null : new BookingWish
        {
            VisitType = visitType,
            Start = start!.Value,
            Vet = body.Vet is { Length: > 0 } vet ? vet : null,
            Language = language,
            Name = name,
            Email = email!,
            Phone = phone,
            Animals = animals,
            Note = note,
            Given = given,
        };
    }

    /// <summary>The answers in a body. One to a question that does not exist is a mistake; to one that is not asked here, merely unnecessary.</summary>
    private static Given GivenIn(BookingBody body, Profile profile, Fields fields)
    {
        foreach (var id in body.Answers?.Keys ?? [])
        {
            if (!profile.Questions.Any(one => one.Id == id)) fields.Wrong(Questionnaire.FieldOf(id.Length <= 60 ? id : id[..60]), Problem.NotAsked);
        }
        return question => body.Answers?.GetValueOrDefault(question) ?? [];
    }

    internal static BookingBodyAnswer Body(BookingAnswered answer, DateTimeZone zone) => new(
        answer.Number, answer.Status, ApiTime.Write(answer.Start, zone), answer.Minutes, answer.Vet,
        answer.HeldUntil is { } until ? ApiTime.Write(until, zone) : null);
}

/// <summary>Checks an animal, for the pages and for the API.</summary>
internal static class Animals
{
    /// <summary>All that a body brings.</summary>
    public static ImmutableArray<VisitingAnimal> ReadAll(Fields fields, IReadOnlyList<AnimalBody?>? bodies, Profile profile, LocalDate today)
    {
        if (bodies is { Count: >= 1 and <= VisitRequest.MostAnimals }) return [.. bodies.Select((body, i) => Read(fields, $"animals[{i}]", body ?? new AnimalBody(null, null, null, null), profile, today))];
        fields.Wrong("animals", bodies is { Count: > 0 } ? Problem.TooLong : Problem.Missing, VisitRequest.MostAnimals);
        return [];
    }

    public static VisitingAnimal Read(Fields fields, string prefix, AnimalBody body, Profile profile, LocalDate today)
    {
        var name = fields.Required(prefix + ".name", body.Name, Fields.LongestAnimalName);
        var species = body.Species ?? "";
        if (species.Length == 0) fields.Wrong(prefix + ".species", Problem.Missing);
        else if (profile.Species.FirstOrDefault(one => one.Id == species) is not { } known) fields.Wrong(prefix + ".species", Problem.Unknown);
        else if (!known.Treated) fields.Wrong(prefix + ".species", Problem.NotTreated);
        return new VisitingAnimal(name, species, fields.Born(prefix + ".born", body.Born, today), fields.Optional(prefix + ".reason", body.Reason, Fields.LongestReason));
    }
}
