using System.Collections.Immutable;
using System.Text;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Instructions;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Messages;

/// <summary>One line of what a mail says about the visit.</summary>
public sealed record MailFact(string Label, string Value);

/// <summary>The one thing a mail asks to press.</summary>
public sealed record MailButton(string Label, string Url);

/// <summary>Something under a heading of its own, one thing a line.</summary>
public sealed record MailSection(string Heading, ImmutableArray<string> Lines);

/// <summary>Where a mail can lead: the booking page, and the appointment itself if its kind carries a link to it.</summary>
public sealed record MailLinks(string Book, string? Manage)
{
    /// <summary>The links of a practice at this address.</summary>
    public static MailLinks At(string publicUrl, string? token) =>
        new(publicUrl.TrimEnd('/') + "/", token is null ? null : $"{publicUrl.TrimEnd('/')}/termin/{token}");
}

/// <summary>What a mail says, before it is set as plain text or HTML.</summary>
public sealed record MailText
{
    public required Text Words { get; init; }
    public required string Subject { get; init; }
    public required string Heading { get; init; }
    public required string Intro { get; init; }
    public required ImmutableArray<MailFact> Facts { get; init; }
    public required MailButton Button { get; init; }

    /// <summary>Sentences after the button.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    public required ImmutableArray<MailSection> Sections { get; init; }

    /// <summary>The practice's colour, like <c>#0b6b5d</c>; white can be read on it.</summary>
    public required string Colour { get; init; }

    /// <summary>The practice: name, address, telephone.</summary>
    public required ImmutableArray<string> Signature { get; init; }

    /// <summary>What the mail of a kind says about an appointment.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="appointment">The appointment as it now stands.</param>
    /// <param name="book">The practice.</param>
    /// <param name="links">Where it can lead.</param>
    /// <param name="now">The moment it is written.</param>
    public static MailText Of(MailKind kind, Appointment appointment, Book book, MailLinks links, Instant now)
    {
        var (words, profile, zone) = (book.Profile.Texts.In(appointment.Language), book.Profile, book.Practice.Zone);
        var phrases = MailPhrases.Of(kind, appointment, words, zone, mayUndo: links.Manage is not null);
        var takesPlace = kind is not (MailKind.Cancelled or MailKind.Lapsed or MailKind.Declined);
        return new MailText
        {
            Words = words,
            Subject = phrases.Subject,
            Heading = phrases.Heading,
            Intro = phrases.Intro,
            Facts = FactsOf(appointment, profile, words, zone),
            Button = links.Manage is { } manage ? new MailButton(phrases.Button, manage) : new MailButton(words.MailBookAgainButton, links.Book),
            Notes = [.. phrases.Notes, .. takesPlace ? CancelUntil(appointment, book, words, now) : [], .. links.Manage is null ? [] : new[] { words.MailPrivate }],
            Sections = takesPlace && kind != MailKind.PleaseConfirm ? SectionsOf(appointment, book, words) : [],
            Colour = profile.Look.MailBrand.Hex,
            Signature =
            [
                .. new[] { Shown.Line(profile.Name), Shown.Address(profile), profile.Phone.Length > 0 ? words.MailPhone(Shown.Line(profile.Phone)) : "" }
                    .Where(line => line.Length > 0),
            ],
        };
    }

    /// <summary>The plain text part.</summary>
    public string Plain()
    {
        var plain = new StringBuilder();
        void Paragraph(params IEnumerable<string> lines)
        {
            foreach (var line in lines) plain.Append(line).Append("\r\n");
            plain.Append("\r\n");
        }

        Paragraph(Words.MailGreeting);
        Paragraph(Heading + ".");
        Paragraph(Intro);
        Paragraph(Facts.Select(fact => $"{fact.Label}: {fact.Value}"));
        Paragraph(Button.Label + ":", Button.Url);
        foreach (var note in Notes) Paragraph(note);
        foreach (var section in Sections) Paragraph([section.Heading + ":", .. section.Lines.Select(line => "- " + line)]);
        // The mark that mail programs know as the beginning of a signature.
        Paragraph(["-- ", .. Signature]);
        return plain.ToString().TrimEnd() + "\r\n";
    }

    private static ImmutableArray<MailFact> FactsOf(Appointment appointment, Profile profile, Text words, DateTimeZone zone) =>
    [
        .. new[]
        {
            new MailFact(words.MailLabelWhen, WallTime.Of(appointment.Start, zone).Full(words)),
            new MailFact(words.MailLabelWhat, Shown.Line(profile.VisitType(appointment.Language, appointment.VisitType).Name)),
            new MailFact(words.MailLabelAnimals, Shown.Animals(appointment)),
            new MailFact(words.MailLabelVet, Shown.Line(profile.Vet(appointment.Vet))),
            new MailFact(words.MailLabelWhere, Shown.Address(profile)),
            new MailFact(words.MailLabelNumber, appointment.Number),
        }.Where(fact => fact.Value.Length > 0),
    ];

    // Holds and requests can be dropped at any time; only what is booked has a last moment.
    private static string[] CancelUntil(Appointment appointment, Book book, Text words, Instant now) =>
        appointment.State == VisitState.Booked && book.Practice.VisitType(appointment.VisitType) is { } type && now < appointment.Start - type.CancelDeadline
            ? [words.MailCancelUntil(WallTime.Of(appointment.Start - type.CancelDeadline, book.Practice.Zone).WithoutYear(words))]
            : [];

    private static ImmutableArray<MailSection> SectionsOf(Appointment appointment, Book book, Text words)
    {
        var bring = Told.After(book, words, appointment);
        var directions = Profile.Lines(book.Profile.Word(appointment.Language, "directions"));
        return
        [
            .. new[]
            {
                new MailSection(words.MailBring, [.. bring.Select(Shown.Line)]),
                new MailSection(words.MailDirections, [.. directions.Select(Shown.Line)]),
            }.Where(section => section.Lines.Length > 0),
        ];
    }
}
