using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Instructions;
using VetBooking.Web.Messages.Gateway;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Messages.Visits;

/// <summary>A message to the owner about one appointment: it tells how things stand when it is sent.</summary>
public sealed record VisitMatter(MailKind Kind, Appointment Appointment) : Matter
{
    /// <summary>Later than this nobody wants to know any more that a hold has lapsed.</summary>
    private static readonly Duration LapsedIsNews = Duration.FromHours(12);

    /// <summary>What staff tell the owner with it, or the practice's words after such a visit; may be empty.</summary>
    public string Word { get; init; } = "";

    /// <summary>The owner's mobile number (E.164), if there is one.</summary>
    public string? Mobile { get; init; }

    public override Recipient To => new(Appointment.Name, Appointment.Email, Appointment.Language);

    public override string Reference => Appointment.Number;

    /// <summary>What a row of the outbox is about; null if it does not hold any more, or would only hurt.</summary>
    internal static VisitMatter? Find(Change change, OutboxRow row)
    {
        if (Appointment.Load(change.Db, row.Appointment) is not { } appointment
            || !IsTrue(row.Kind, appointment, row.Created, change.Now)
            || Departures.IsOnlyAboutDeparted(change.Db, row.Appointment)
            || IsRepeated(change.Db, row)) return null;
        var word = row.Kind == MailKind.Aftercare ? Aftercare.Words(change.Db, appointment) : row.Word;
        if (row.Kind == MailKind.Aftercare && word.Length == 0) return null;
        return new VisitMatter(row.Kind, appointment)
        {
            Word = word,
            Mobile = row.Channel == "gateway" ? MobileNumber.Of(change.Db.Row("SELECT phone FROM appointment WHERE id = $id", one => one.GetString(0), ("$id", appointment.Id))!) : null,
            Token = HasLink(row.Kind, appointment, change.Now) ? AppointmentLink.Create(change, appointment.Id, LinkPurpose.Manage) : null,
        };
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var (words, profile, zone) = (book.Profile.Texts.In(Appointment.Language), book.Profile, book.Practice.Zone);
        var phrases = VisitPhrases.Of(this, words, zone, mayUndo: links.Own is not null);
        var takesPlace = Kind is not (MailKind.Cancelled or MailKind.Lapsed or MailKind.Declined or MailKind.Aftercare);
        return new MailText
        {
            Words = words,
            Subject = phrases.Subject,
            Heading = phrases.Heading,
            Intro = phrases.Intro,
            Facts = FactsOf(profile, words, zone),
            Button = links.Own is { } own ? new MailButton(phrases.Button, own) : new MailButton(words.MailBookAgainButton, links.Book),
            Notes = [.. phrases.Notes, .. takesPlace ? CancelUntil(book, words, now) : [], .. links.Own is null ? [] : new[] { words.MailPrivate }],
            Sections = takesPlace && Kind != MailKind.PleaseConfirm ? SectionsOf(book, words) : [],
            Colour = profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(profile, words),
        };
    }

    public override (string File, string Method)? Calendar(Book book, MailLinks links, InstanceSettings settings, Instant now) =>
        Kind is MailKind.Confirmed or MailKind.Moved or MailKind.Cancelled or MailKind.Restored && VisitPhrases.CalendarKnows(Appointment)
            ? (CalendarFile.Write(CalendarFile.EventOf(Appointment, book, book.Profile.Texts.In(Appointment.Language), settings, now) with { Url = links.Own }),
                Kind == MailKind.Cancelled ? "CANCEL" : "PUBLISH")
            : null;

    private ImmutableArray<MailFact> FactsOf(Profile profile, Text words, DateTimeZone zone) =>
    [
        .. new[]
        {
            new MailFact(words.MailLabelWhen, WallTime.Of(Appointment.Start, zone).Full(words)),
            new MailFact(words.MailLabelWhat, Shown.Line(profile.VisitType(Appointment.Language, Appointment.VisitType).Name)),
            new MailFact(words.MailLabelAnimals, Shown.Animals(Appointment)),
            new MailFact(words.MailLabelVet, Shown.Line(profile.Vet(Appointment.Vet))),
            new MailFact(words.MailLabelWhere, Shown.Address(profile)),
            new MailFact(words.MailLabelNumber, Appointment.Number),
        }.Where(fact => fact.Value.Length > 0),
    ];

    // Holds and requests can be dropped at any time; only what is booked has a last moment.
    private string[] CancelUntil(Book book, Text words, Instant now) =>
        Appointment.State == VisitState.Booked && book.Practice.VisitType(Appointment.VisitType) is { } type && now < Appointment.Start - type.CancelDeadline
            ? [words.MailCancelUntil(WallTime.Of(Appointment.Start - type.CancelDeadline, book.Practice.Zone).WithoutYear(words))]
            : [];

    private ImmutableArray<MailSection> SectionsOf(Book book, Text words)
    {
        var bring = Told.After(book, words, Appointment);
        var directions = Profile.Lines(book.Profile.Word(Appointment.Language, "directions"));
        return
        [
            .. new[]
            {
                new MailSection(words.MailBring, [.. bring.Select(Shown.Line)]),
                new MailSection(words.MailDirections, [.. directions.Select(Shown.Line)]),
            }.Where(section => section.Lines.Length > 0),
        ];
    }

    /// <summary>Whether what a mail says still holds.</summary>
    internal static bool IsTrue(MailKind kind, Appointment appointment, Instant created, Instant now)
    {
        if (kind == MailKind.Aftercare) return appointment.State == VisitState.Booked && now > appointment.Start;
        if (now >= appointment.Start + Duration.FromMinutes(appointment.Minutes)) return false;
        return (kind, appointment.State) switch
        {
            (MailKind.PleaseConfirm, VisitState.Held) => now < appointment.Expires,
            (MailKind.Requested, VisitState.Requested) => true,
            (MailKind.Confirmed, VisitState.Booked) => true,
            (MailKind.Reminder, VisitState.Booked) => now < appointment.Start,
            (MailKind.Declined, VisitState.Cancelled) => appointment.IsDeclined,
            (MailKind.Moved or MailKind.Restored, VisitState.Booked or VisitState.Requested) => true,
            (MailKind.Cancelled, VisitState.Cancelled or VisitState.Lapsed) => true,
            (MailKind.Lapsed, VisitState.Lapsed) => now < appointment.Start && now - created < LapsedIsNews,
            _ => false,
        };
    }

    // A mail tells how things stand when it is sent; two of a kind in a row would tell the same twice. And nobody need be
    // reminded of what they were told while the reminder waited.
    private static bool IsRepeated(Db db, OutboxRow row) => db.Number(
        """
        SELECT count(*) FROM outbox WHERE appointment_id = $appointment AND channel = $channel AND id > $id
          AND (kind = $kind AND state = 'waiting' OR $kind = 'reminder' AND kind <> 'reminder' AND state <> 'void')
        """,
        ("$appointment", row.Appointment), ("$kind", MailKinds.Word(row.Kind)), ("$channel", row.Channel), ("$id", row.Id)) > 0;

    // A cancellation's link is for taking it back, and that has an end.
    private static bool HasLink(MailKind kind, Appointment appointment, Instant now) => kind switch
    {
        MailKind.Lapsed or MailKind.Declined or MailKind.Aftercare => false,
        MailKind.Cancelled => appointment.State == VisitState.Cancelled && now < appointment.Expires,
        _ => true,
    };
}
