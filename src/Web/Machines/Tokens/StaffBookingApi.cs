using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Planning;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Machines.Tokens;

/// <summary>
/// Books and calls off in the practice's name, as the front desk does. A program decides nothing a person must decide: it
/// goes against no rule, squeezes nothing in, and puts nobody on record.
/// </summary>
internal static class StaffBookingApi
{
    /// <summary><c>POST /api/v1/staff/bookings</c></summary>
    public static async Task<IResult> Book(Machine machine, HttpContext http, Writer writer, MailSignal mail, IClock clock)
    {
        var (book, now) = (writer.Current, clock.GetCurrentInstant());
        var text = PageLanguage.TextOf(http, book.Profile);
        if (await Read(http, StaffJson.Default.StaffBookingBody) is not { } body) return Problems.Unreadable(text);
        var fields = new Fields();
        // Each program has its own keys.
        var key = BookingKey.Of(
            string.Create(CultureInfo.InvariantCulture, $"token:{machine.Token.Id}\n{BookingApi.KeyOf(http, fields)}"), JsonSerializer.Serialize(body, StaffJson.Default.StaffBookingBody));
        var wish = Read(body, book, now, fields);
        if (fields.Problems.Count > 0) return Problems.Invalid(fields.Problems, text);
        try
        {
            var (before, outcome) = await writer.Write(change => Book(change, machine, key, wish!));
            mail.Ring();
            if (before is not null) return Answer(before, book, text);
            // Others may have booked since the fields were read.
            return Answer(outcome!, wish!, writer.Current, (now, text));
        }
        catch (SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            return Answer(new PlanOutcome.Impossible(new Refusal.Taken()), wish!, writer.Current, (now, text));
        }
    }

    /// <summary><c>POST /api/v1/staff/appointments/{number}/cancellation</c></summary>
    public static async Task<IResult> Cancel(Machine machine, string number, HttpContext http, Writer writer, MailSignal mail)
    {
        var text = PageLanguage.TextOf(http, writer.Current.Profile);
        var body = http.Request.ContentLength is 0 or null ? new StaffCancellationBody(null, null) : await Read(http, StaffJson.Default.StaffCancellationBody);
        if (body is null) return Problems.Unreadable(text);
        var fields = new Fields();
        var reason = fields.Optional("reason", body.Reason, Fields.LongestReason);
        if (fields.Problems.Count > 0) return Problems.Invalid(fields.Problems, text);
        var (appointment, outcome) = await writer.Write<(Appointment?, PlanOutcome)>(change =>
        {
            var id = change.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", number.ToUpperInvariant()));
            if (Appointment.Load(change.Db, id) is not { } found) return (null, new PlanOutcome.Gone());
            // Called off twice it is as good as once.
            return (found, found.State == VisitState.Cancelled
                ? new PlanOutcome.Done(id)
                : StaffChanges.Cancel(change, new Planner(machine.Token.Actor), new CancelWish(id, found.Revision, reason, body.Tell ?? true)));
        });
        mail.Ring();
        return (appointment, outcome) switch
        {
            (null, _) => Problems.NotFound(text),
            (_, PlanOutcome.Impossible impossible) => Problems.Refused(impossible.Because, writer.Current, text),
            _ => Results.Json(
                new BookingBodyAnswer(appointment.Number, "cancelled", ApiTime.Write(appointment.Start, writer.Current.Practice.Zone), appointment.Minutes, appointment.Vet, null),
                BookingJson.Answers.BookingBodyAnswer),
        };
    }

    private static (BookingOutcome? Before, PlanOutcome? Outcome) Book(Change change, Machine machine, BookingKey key, NewAppointment wish)
    {
        if (Bookings.Before(change.Db, key) is { } before) return (before, null);
        var outcome = StaffBookings.Make(change, new Planner(machine.Token.Actor), wish);
        if (outcome is not PlanOutcome.Done done) return (null, outcome);
        var made = Appointment.Load(change.Db, done.Id)!;
        var answer = new BookingAnswered(made.Id, made.Number, Appointment.Word(made.State), made.Start, made.Minutes, made.Vet, null);
        Bookings.Keep(change, key, answer);
        return (new BookingOutcome.Done(answer), null);
    }

    private static IResult Answer(BookingOutcome before, Book book, Text text) => before is BookingOutcome.Done done
        ? Results.Json(BookingApi.Body(done.Answer, book.Practice.Zone), BookingJson.Answers.BookingBodyAnswer, statusCode: 201)
        : Problems.KeyReused(text);

    private static IResult Answer(PlanOutcome outcome, NewAppointment wish, Book book, (Instant Now, Text Text) asked)
    {
        var (request, start) = (new VisitRequest(wish.Placement.VisitType, wish.Placement.Species, null, Booker.Staff), wish.Placement.Start);
        return outcome switch
        {
            PlanOutcome.Impossible { Because: not Refusal.Taken and var because } => Problems.Refused(because, book, asked.Text),
            PlanOutcome.Asks asks when asks.Against.FirstOrDefault(rule => rule is not Refusal.DayFull) is { } rule => Problems.Refused(rule, book, asked.Text),
            _ => Problems.Taken(NearestStarts.To(request, start, book.Diary, asked.Now), request, book, asked.Text),
        };
    }

    private static NewAppointment? Read(StaffBookingBody body, Book book, Instant now, Fields fields)
    {
        var (practice, profile) = (book.Practice, book.Profile);
        var visitType = fields.Required("visitType", body.VisitType, 60);
        if (visitType.Length > 0 && practice.VisitType(visitType) is null) fields.Wrong("visitType", Problem.Unknown);
        var start = ApiTime.Read(body.Start, practice.Zone);
        if (start is null) fields.Wrong("start", body.Start is null ? Problem.Missing : Problem.NotADate);
        var language = body.Language ?? profile.Languages[0];
        if (!profile.Languages.Contains(language)) fields.Wrong("language", Problem.Unknown);
        foreach (var (field, id) in (ReadOnlySpan<(string, string?)>)[("vet", body.Vet), ("place", body.Place)])
        {
            if (id is { Length: > 0 } && practice.Resources.All(one => one.Id != id)) fields.Wrong(field, Problem.Unknown);
        }
        var name = fields.Required("owner.name", body.Owner?.Name, Fields.LongestName);
        var phone = fields.Phone("owner.phone", body.Owner?.Phone);
        var hasEmail = body.Owner?.Email is { Length: > 0 };
        // Somebody must be able to reach them.
        if (!hasEmail && phone.Length == 0 && fields.Problems.TrueForAll(one => one.Field != "owner.phone")) fields.Wrong("owner.phone", Problem.Missing);
        var email = hasEmail ? fields.Email("owner.email", body.Owner!.Email) : null;
        var note = fields.Optional("note", body.Note, Fields.LongestNote, lines: true);
        var animals = Animals.ReadAll(fields, body.Animals, profile, book.Diary.DateOf(now));
        if (fields.Problems.Count > 0) return null;
        return new NewAppointment(
            new Placement(visitType, [.. animals.Select(one => one.Species)], start!.Value) { Minutes = body.Minutes, Chosen = [.. new[] { body.Vet, body.Place }.OfType<string>().Where(id => id.Length > 0).Distinct()] }, animals)
        {
            Name = name,
            Email = email,
            Phone = phone,
            Note = note,
            Language = language,
            Tell = body.Tell ?? true,
        };
    }

    private static async Task<T?> Read<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }
}
