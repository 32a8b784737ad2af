using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Questions;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary>What can be booked, for programs: the practice, its visit types, its free starts.</summary>
public static class SlotsApi
{
    /// <summary><c>GET /api/v1/practice</c></summary>
    public static IResult Practice(Writer writer, IClock clock)
    {
        var (diary, profile) = writer.Current;
        return Results.Json(
            new PracticeBody(profile.Name, profile.Street, profile.Postcode, profile.City, profile.Phone, diary.Practice.Zone.Id,
                profile.Languages, [.. profile.Species.Where(one => one.Treated).Select(one => one.Id)],
                PausedUntil(diary.Practice, clock.GetCurrentInstant())),
            BookingJson.Answers.PracticeBody);
    }

    /// <summary><c>GET /api/v1/visit-types</c></summary>
    public static IResult VisitTypes(HttpContext http, Writer writer)
    {
        var (diary, profile) = writer.Current;
        var language = PageLanguage.Of(http, profile);
        return Results.Json(
            new VisitTypesBody([.. diary.Practice.VisitTypes.Where(type => type.Audience != Audience.StaffOnly).Select(type =>
            {
                var words = profile.VisitType(language, type.Id);
                return new VisitTypeBody(type.Id, words.Name, words.Hint, Word(type.Audience), Word(type.Mode), type.MinutesBySpecies,
                    type.MinutesPerFurtherAnimal, [.. Vets(diary.Practice, type)])
                {
                    Questions = Questions(profile, type, language),
                };
            })]),
            BookingJson.Answers.VisitTypesBody);
    }

    /// <summary><c>GET /api/v1/slots</c>: see docs/instance.md for the parameters.</summary>
    public static IResult Slots(HttpContext http, Writer writer, IClock clock)
    {
        var book = writer.Current;
        var (query, now, fields) = (http.Request.Query, clock.GetCurrentInstant(), new Fields());
        var today = book.Diary.DateOf(now);
        var from = today;
        if (query["from"].ToString() is { Length: > 0 } text)
        {
            if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) from = date.Value;
            else fields.Wrong("from", Problem.NotADate);
        }
        var days = Whole(query, "days", 14, Book.MostDays, fields);
        var animals = Whole(query, "animals", 1, VisitRequest.MostAnimals, fields);
        var request = new VisitRequest(
            query["visitType"].ToString(),
            [.. Enumerable.Repeat(query["species"].ToString(), animals)],
            query["vet"].ToString() is { Length: > 0 } vet ? vet : null);
        if (fields.Problems.Count > 0) return Problems.Invalid(fields.Problems, PageLanguage.TextOf(http, book.Profile));
        if (book.Diary.WhyNever(request) is { } refusal) return Problems.Refused(refusal, book, PageLanguage.TextOf(http, book.Profile));

        var minutes = book.Practice.VisitType(request.VisitType)!.MinutesFor(request.Species)!.Value;
        // Past the diary's end there is nothing to add up; it also keeps the year inside the calendar.
        var last = from > book.Diary.Days.End ? from : from.PlusDays(days - 1);
        return new SlotsResult(book.Diary.FreeStarts(request, new DateInterval(from, last), now), book.Practice, minutes, now);
    }

    /// <summary>What programs can ask before a visit of this type; null if nothing.</summary>
    private static List<QuestionBody>? Questions(Profile profile, VisitType type, string language)
    {
        var asked = profile.QuestionsFor(type.Id, type.MinutesBySpecies.Keys).All.Where(one => one.Kind != QuestionKind.Photo).Select(one => new QuestionBody(
            one.Id, Question.Word(one.Kind), one.In(language).Asked, one.In(language).Help, one.IsNeeded)
        {
            Species = one.Species.IsEmpty ? null : one.Species,
            Options = one.HasOptions ? [.. one.Options.Select(option => new OptionBody(option, one.OptionIn(language, option)))] : null,
            Least = one.Kind == QuestionKind.Number ? one.Range.Least : null,
            Most = one.Kind == QuestionKind.Number ? one.Range.Most : null,
            Only = one.Only is { } only ? new ConditionBody(only.Question, only.Option) : null,
        }).ToList();
        return asked.Count > 0 ? asked : null;
    }

    private static int Whole(IQueryCollection query, string name, int otherwise, int most, Fields fields)
    {
        if (query[name].ToString() is not { Length: > 0 } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        fields.Wrong(name, Problem.TooLong, most);
        return otherwise;
    }

    /// <summary>The people an owner may name for a visit type.</summary>
    internal static IEnumerable<string> Vets(Practice practice, VisitType type) =>
        type.Needs.FirstOrDefault(need => need.Kind == ResourceKind.Person) is { } need
            ? practice.Resources.Where(need.Fits).Select(person => person.Id)
            : [];

    /// <summary>Until when online booking rests; null if it does not.</summary>
    private static string? PausedUntil(Practice practice, Instant now) => practice.IsPaused(now) ? ApiTime.Write(practice.PausedUntil!.Value, practice.Zone) : null;

    private static string Word(Audience audience) => audience == Audience.KnownOwners ? "known" : "anyone";

    private static string Word(BookingMode mode) => mode switch { BookingMode.AtOnce => "at-once", BookingMode.OnRequest => "request", _ => "confirm" };

    /// <summary>Writes the starts straight into the answer: this is asked more often than everything else together.</summary>
    private sealed class SlotsResult(IEnumerable<FreeDay> days, Practice practice, int minutes, Instant now) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, new JsonWriterOptions { Encoder = BookingJson.Encoder });
            json.WriteStartObject();
            json.WriteString("timeZone"u8, practice.Zone.Id);
            if (PausedUntil(practice, now) is { } until) json.WriteString("pausedUntil"u8, until);
            json.WriteStartArray("slots"u8);
            var times = new ApiTimes(practice.Zone);
            foreach (var day in days)
            {
                foreach (var slot in day.Starts)
                {
                    json.WriteStartObject();
                    json.WriteString("start"u8, times.Write(slot.Start));
                    json.WriteNumber("minutes"u8, minutes);
                    json.WriteString("vet"u8, slot.Vet);
                    json.WriteEndObject();
                }
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
