using System.Collections.Immutable;
using System.Text;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking.Link;
using VetBooking.Web.Messages;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary>
/// The pages behind a link to one appointment. GET only ever shows: programs that scan mail open every link in it.
/// </summary>
public static class LinkPages
{
    /// <summary><c>GET /termin/{token}</c></summary>
    public static IResult Show(Visitor visitor, string token, Readers readers) => Opened(visitor, token, readers, appointment =>
        Page.Ok(AppointmentPage.Create(new AppointmentModel(visitor, appointment, token) { Consent = readers.Read(db => ConsentOfferModel.Of(db, visitor, appointment, token)) })));

    /// <summary><c>GET /buchen/fertig/{token}</c>: the booking just made, in the browser that made it.</summary>
    public static IResult ShowReceipt(Visitor visitor, string token, Readers readers) =>
        readers.Read(db => AppointmentLink.Open(db, token, LinkPurpose.Receipt, visitor.Now)) is { } appointment
            ? Page.Ok(Receipt.Create(new AppointmentModel(visitor, appointment, token)))
            : NotFoundPage.Show(visitor);

    /// <summary><c>GET /termin/{token}/kalender.ics</c></summary>
    public static IResult Calendar(Visitor visitor, string token, Readers readers, InstanceSettings settings) =>
        Opened(visitor, token, readers, appointment => CalendarOf(visitor, appointment, settings));

    /// <summary><c>GET /buchen/fertig/{token}/kalender.ics</c></summary>
    public static IResult ReceiptCalendar(Visitor visitor, string token, Readers readers, InstanceSettings settings) =>
        readers.Read(db => AppointmentLink.Open(db, token, LinkPurpose.Receipt, visitor.Now)) is { State: VisitState.Booked } appointment
            ? CalendarOf(visitor, appointment, settings)
            : NotFoundPage.Show(visitor);

    /// <summary><c>POST /termin/{token}/bestaetigung</c></summary>
    public static async Task<IResult> Confirm(Visitor visitor, string token, AppointmentChanges changes) =>
        After(visitor, token, await changes.Confirm(token));

    /// <summary><c>GET /termin/{token}/absage</c></summary>
    public static IResult AskCancel(Visitor visitor, string token, Readers readers) => Opened(visitor, token, readers, appointment =>
        Page.Ok(Cancellation.Create(new AppointmentModel(visitor, appointment, token))));

    /// <summary><c>POST /termin/{token}/absage</c></summary>
    public static async Task<IResult> Cancel(Visitor visitor, string token, AppointmentChanges changes) =>
        After(visitor, token, await changes.Cancel(token));

    /// <summary><c>POST /termin/{token}/absage/rueckgaengig</c></summary>
    public static async Task<IResult> TakeBack(Visitor visitor, string token, AppointmentChanges changes) =>
        After(visitor, token, await changes.TakeBack(token));

    /// <summary><c>GET /termin/{token}/verschiebung</c></summary>
    public static IResult AskMove(Visitor visitor, string token, Readers readers) => Opened(visitor, token, readers, appointment =>
        CannotMove(visitor, appointment) is { } refusal
            ? Page.Ok(AppointmentPage.Create(new AppointmentModel(visitor, appointment, token) { Refusal = refusal }))
            : Page.Ok(Move.Create(new MoveModel(visitor, appointment, ChoiceFor(visitor, appointment, token), Problem: null))));

    /// <summary><c>POST /termin/{token}/verschiebung</c></summary>
    public static async Task<IResult> MoveTo(Visitor visitor, string token, Readers readers, AppointmentChanges changes)
    {
        var form = await visitor.Form();
        var value = form["zeit"].ToString() is { Length: > 0 } chosen ? chosen : form["start"].ToString();
        if (TimeChoice.Read(value, visitor.Book.Practice.Zone) is not { } start) return Again(visitor.T.BookingTimesMissing);
        return await changes.Move(token, start.Start, start.Vet) switch
        {
            { Appointment: null } => NotFoundPage.Show(visitor),
            { Refusal: { } refusal and not (Refusal.TooLateToChange or Refusal.NoLongerPossible) } => Again(Wording.Of(visitor.T, refusal, visitor.Book)),
            var outcome => After(visitor, token, outcome),
        };

        IResult Again(string problem) => Opened(visitor, token, readers, appointment => CannotMove(visitor, appointment) is { } refusal
            ? Page.Again(AppointmentPage.Create(new AppointmentModel(visitor, appointment, token) { Refusal = refusal }))
            : Page.Again(Move.Create(new MoveModel(visitor, appointment, ChoiceFor(visitor, appointment, token), problem))));
    }

    private static IResult Opened(Visitor visitor, string token, Readers readers, Func<Appointment, IResult> show) =>
        readers.Read(db => AppointmentLink.Open(db, token, LinkPurpose.Manage, visitor.Now)) is { } appointment
            ? show(appointment)
            : NotFoundPage.Show(visitor);

    /// <summary>After acting: the appointment's page, which says what it is now; or the same page with why not.</summary>
    private static IResult After(Visitor visitor, string token, LinkOutcome outcome) => outcome switch
    {
        { Appointment: null } => NotFoundPage.Show(visitor),
        { Refusal: { } refusal, Appointment: { } appointment } => Page.Again(AppointmentPage.Create(new AppointmentModel(visitor, appointment, token) { Refusal = refusal })),
        _ => Visitor.SeeOther(visitor.Url("/termin/" + token)),
    };

    internal static Refusal? CannotMove(Visitor visitor, Appointment appointment) =>
        AppointmentChanges.CannotMove(visitor.Book.Practice, appointment)
        ?? (visitor.Book.Practice.VisitType(appointment.VisitType) is null ? new Refusal.NotOnline() : null)
        ?? Changing.TooLate(visitor.Book.Practice, new Visit(appointment.VisitType, appointment.Start, appointment.Minutes, []), visitor.Now);

    private static TimeChoice ChoiceFor(Visitor visitor, Appointment appointment, string token)
    {
        var vet = visitor.Asked("bei");
        return new TimeChoice(visitor, AppointmentChanges.RequestOf(appointment, vet.Length > 0 ? vet : null), (day, with) =>
            visitor.Url($"/termin/{token}/verschiebung", ("tag", day is null ? null : LocalDatePattern.Iso.Format(day.Value)), ("bei", with)));
    }

    private static IResult CalendarOf(Visitor visitor, Appointment appointment, InstanceSettings settings)
    {
        var file = CalendarFile.For(appointment, visitor.Book, visitor.Profile.Texts.In(appointment.Language), settings, visitor.Now);
        visitor.Http.Response.Headers.ContentDisposition = "attachment; filename=termin.ics";
        return Results.Bytes(Encoding.UTF8.GetBytes(file), "text/calendar; charset=utf-8");
    }
}

/// <summary>A page about one appointment.</summary>
public sealed record AppointmentModel(Visitor Visitor, Appointment Appointment, string Token)
{
    /// <summary>Why what was just tried could not be done; null if nothing was or it could.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The offer to be told what falls due; null if there is none.</summary>
    public ConsentOfferModel? Consent { get; init; }

    /// <summary>Why the owner can no longer cancel; null if they can.</summary>
    public Refusal? CannotCancel => Changing.Cancel(
        Visitor.Book.Practice, new Visit(Appointment.VisitType, Appointment.Start, Appointment.Minutes, []), Appointment.State, Visitor.Now);

    /// <summary>Whether the owner can still move it by the link.</summary>
    public bool CanMove => LinkPages.CannotMove(Visitor, Appointment) is null;

    /// <summary>An address below this appointment's.</summary>
    public string Url(string below = "") => Visitor.Url("/termin/" + Token + below);
}

/// <summary>The page that asks for another time.</summary>
public sealed record MoveModel(Visitor Visitor, Appointment Appointment, TimeChoice Choice, string? Problem);

/// <summary>What to bring to a visit, and what else to mind.</summary>
public sealed record BringModel(Text T, ImmutableArray<string> Lines);
