using System.Collections.Immutable;
using System.Text;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Messages;

/// <summary>One line of what a mail says about the visit.</summary>
public sealed record MailFact(string Label, string Value);

/// <summary>The one thing a mail asks to press.</summary>
public sealed record MailButton(string Label, string Url);

/// <summary>Something under a heading of its own, one thing a line.</summary>
public sealed record MailSection(string Heading, ImmutableArray<string> Lines);

/// <summary>Where a mail can lead: the booking page, and what it is about if its kind carries a link to it.</summary>
public sealed record MailLinks(string Book, string? Own);

/// <summary>What a mail says, before it is set as plain text or HTML.</summary>
public sealed record MailText
{
    public required Text Words { get; init; }
    public required string Subject { get; init; }
    public required string Heading { get; init; }
    public required string Intro { get; init; }
    public required MailButton Button { get; init; }
    public ImmutableArray<MailFact> Facts { get; init; } = [];

    /// <summary>Sentences after the button.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    public ImmutableArray<MailSection> Sections { get; init; } = [];

    /// <summary>Where mails of its kind are ended; null if it is none of those one can end.</summary>
    public MailButton? End { get; init; }

    /// <summary>The practice's colour, like <c>#0b6b5d</c>; white can be read on it.</summary>
    public required string Colour { get; init; }

    /// <summary>The practice: name, address, telephone.</summary>
    public required ImmutableArray<string> Signature { get; init; }

    /// <summary>The practice as the last lines of a mail name it.</summary>
    public static ImmutableArray<string> SignatureOf(Profile profile, Text words) =>
    [
        .. new[] { Shown.Line(profile.Name), Shown.Address(profile), profile.Phone.Length > 0 ? words.MailPhone(Shown.Line(profile.Phone)) : "" }
            .Where(line => line.Length > 0),
    ];

    /// <summary>The plain text part.</summary>
    public string Plain()
    {
        var plain = new StringBuilder();
        void Paragraph(params IEnumerable<string> lines)
        {
            var before = plain.Length;
            foreach (var line in lines) plain.Append(line).Append("\r\n");
            if (plain.Length > before) plain.Append("\r\n");
        }

        Paragraph(Words.MailGreeting);
        Paragraph(char.IsPunctuation(Heading[^1]) ? Heading : Heading + ".");
        Paragraph(Intro);
        Paragraph(Facts.Select(fact => $"{fact.Label}: {fact.Value}"));
        Paragraph(Button.Label + ":", Button.Url);
        foreach (var note in Notes) Paragraph(note);
        foreach (var section in Sections) Paragraph([section.Heading + ":", .. section.Lines.Select(line => "- " + line)]);
        if (End is { } end) Paragraph(end.Label + ":", end.Url);
        // The mark that mail programs know as the beginning of a signature.
        Paragraph(["-- ", .. Signature]);
        return plain.ToString().TrimEnd() + "\r\n";
    }
}
