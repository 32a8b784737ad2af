using System.Globalization;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>What became of an owner's wish about their data: that it was done, or why not and where to complain (GDPR Art. 12(3) and (4)).</summary>
/// <param name="Reader">Whose data.</param>
/// <param name="Kind"><c>correction</c> or <c>erasure</c>.</param>
/// <param name="State"><c>done</c> or <c>declined</c>.</param>
/// <param name="Asked">When they wished it.</param>
/// <param name="Said">What the practice says to it; may be empty.</param>
internal sealed record DataAnswerMatter(Recipient Reader, string Kind, string State, Instant Asked, string Said) : Matter
{
    public override Recipient To => Reader;

    /// <summary>Null if the request is gone, with its owner or by the end of its time.</summary>
    internal static DataAnswerMatter? Find(Change change, OutboxRow row) =>
        DataRequest.Load(change.Db, long.Parse(row.About, CultureInfo.InvariantCulture)) is { State: not "open" } wish && Recipient.Owner(change.Db, wish.Owner) is { Email.Length: > 0 } reader
            ? new DataAnswerMatter(reader, wish.Kind, wish.State, wish.Asked, wish.Said)
            : null;

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var t = book.Profile.Texts.In(Reader.Language);
        return new MailText
        {
            Words = t,
            Subject = t.MailDataAnswerSubject,
            Heading = t.MailDataAnswerHeading(State),
            Intro = t.MailDataAnswerIntro(Kind, WallTime.Of(Asked, book.Practice.Zone).Full(t)),
            Button = new MailButton(t.DataHeading, links.Book + "meine-daten"),
            Notes = [.. Said.Length > 0 ? [t.MailSaid(Shown.Line(Said))] : Array.Empty<string>(), .. State == "declined" ? [t.MailDataAnswerComplain] : Array.Empty<string>()],
            Colour = book.Profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(book.Profile, t),
        };
    }
}
