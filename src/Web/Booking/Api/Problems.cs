using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary>The API's errors: RFC 9457 problem details with a type that never changes.</summary>
public static class Problems
{
    public static IResult Unreadable(Text text) => Answer(new ProblemBody("unreadable", text.ApiUnreadable, 400));

    public static IResult KeyReused(Text text) => Answer(new ProblemBody("key-reused", text.ApiKeyReused, 422));

    public static IResult NotFound(Text text) => Answer(new ProblemBody("not-found", text.ApiNotFound, 404));

    public static IResult NoToken(Text text) => Answer(new ProblemBody("unauthorized", text.MachinesNoToken, 401));

    public static IResult NotAllowed(string scope, Text text) => Answer(new ProblemBody("forbidden", text.MachinesNotAllowed(scope), 403));

    public static IResult Unavailable(Text text) => Answer(new ProblemBody("unavailable", text.ApiUnavailable, 503));

    public static IResult Uncertain(Text text) => Answer(new ProblemBody("uncertain", text.ApiUncertain, 503));

    public static IResult TooMany(Duration wait, Text text) =>
        new WithRetry(Answer(new ProblemBody("too-many", text.ApiTooMany, 429)), (int)Math.Ceiling(wait.TotalSeconds));

    public static IResult Invalid(IEnumerable<FieldProblem> problems, Text text) => Answer(new ProblemBody("invalid", text.ApiInvalid, 422)
    {
        Errors = problems.GroupBy(one => one.Field).ToDictionary(group => group.Key, group => group.Select(one => Wording.Of(text, one)).ToArray()),
    });

    public static IResult Refused(Refusal refusal, Book book, Text text)
    {
        var words = Wording.Of(text, refusal, book);
        return Answer(new ProblemBody("invalid", text.ApiInvalid, 422, words)
        {
            Cause = Cause(refusal),
            Errors = new Dictionary<string, string[]> { [FieldOf(refusal)] = [words] },
        });
    }

    public static IResult Taken(IEnumerable<FreeStart> nearest, VisitRequest request, Book book, Text text)
    {
        var minutes = book.Practice.VisitType(request.VisitType)!.MinutesFor(request.Species)!.Value;
        return Answer(new ProblemBody("slot-taken", text.ApiSlotTaken, 409)
        {
            Nearest = [.. nearest.Select(slot => new SlotBody(ApiTime.Write(slot.Start, book.Practice.Zone), minutes, slot.Vet))],
        });
    }

    internal static string Cause(Refusal refusal) => refusal switch
    {
        Refusal.NotOnline => "not-online",
        Refusal.KnownOwnersOnly => "known-owners-only",
        Refusal.WrongNumberOfAnimals => "wrong-number-of-animals",
        Refusal.SpeciesNotTreated => "species-not-treated",
        Refusal.VetNotSuitable => "vet-not-suitable",
        Refusal.OffGrid => "off-grid",
        Refusal.Past => "past",
        Refusal.TooSoon => "too-soon",
        Refusal.TooFar => "too-far",
        Refusal.Closed => "closed",
        Refusal.OutsideWindow => "outside-window",
        Refusal.DayFull => "day-full",
        Refusal.NobodyThere => "nobody-there",
        Refusal.Absent => "absent",
        Refusal.NeedUnmet => "need-unmet",
        Refusal.Paused => "paused",
        Refusal.HeldBack => "held-back",
        Refusal.TooLateToChange => "too-late",
        Refusal.NoLongerPossible => "no-longer-possible",
        _ => "taken",
    };

    private static string FieldOf(Refusal refusal) => refusal switch
    {
        Refusal.NotOnline or Refusal.KnownOwnersOnly => "visitType",
        Refusal.WrongNumberOfAnimals or Refusal.SpeciesNotTreated => "animals",
        Refusal.VetNotSuitable => "vet",
        _ => "start",
    };

    private static IResult Answer(ProblemBody body) =>
        Results.Json(body, BookingJson.Answers.ProblemBody, contentType: "application/problem+json", statusCode: body.Status);

    private sealed class WithRetry(IResult inner, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return inner.ExecuteAsync(httpContext);
        }
    }
}
