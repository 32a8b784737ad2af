using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using MimeKit;
using MimeKit.Text;
using NodaTime;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>Puts a mail into its envelope: headers, plain text, HTML, calendar file.</summary>
public sealed class Letter(InstanceSettings settings)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The name of the host people know; the right half of Message-ID and UID.</summary>
    public static string Host(InstanceSettings settings) => new Uri(settings.PublicUrl).IdnHost;

    /// <summary>The mail for a row of the outbox.</summary>
    /// <exception cref="DeliveryException">The address cannot be written to.</exception>
    public async Task<MimeMessage> Write(DueMail mail, Book book, Instant now)
    {
        var (matter, profile) = (mail.Matter, book.Profile);
        var links = matter.Links(settings.PublicUrl);
        var text = matter.Say(book, links, now);
        var letter = new MimeMessage
        {
            // The same at every attempt: a server that got it twice can tell.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"outbox-{mail.Id}{(matter.Reference.Length > 0 ? "-" : "")}{matter.Reference}@{Host(settings)}"),
            Date = now.ToDateTimeOffset(),
            Subject = text.Subject,
            Body = await Body(text, matter.Calendar(book, links, settings, now)),
        };
        var practice = Shown.Line(profile.Name);
        var from = settings.Mail.From.Length > 0 ? settings.Mail.From : profile.Email;
        letter.From.Add(Mailbox(practice, from));
        if (!string.Equals(from, profile.Email, StringComparison.OrdinalIgnoreCase)) letter.ReplyTo.Add(Mailbox(practice, profile.Email));
        letter.To.Add(Mailbox(Shown.Name(matter.To.Name), matter.To.Email));
        letter.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        letter.Headers.Add("X-Auto-Response-Suppress", "All");
        letter.Headers.Add(HeaderId.ContentLanguage, text.Words.Language);
        if (matter.OneClickEnd is { } end)
        {
            // RFC 8058: mail programs show a button that ends it without a page in between.
            letter.Headers.Add(HeaderId.ListUnsubscribe, $"<{links.Book}{end}>");
            letter.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
        return letter;
    }

    private static async Task<MimeEntity> Body(MailText text, (string File, string Method)? calendar)
    {
        using var slice = Mail.Create(text);
        var html = new StringWriter(CultureInfo.InvariantCulture);
        await slice.RenderAsync(html, Html);
        var both = new MultipartAlternative
        {
            Part(new TextPart(TextFormat.Plain), text.Plain()),
            Part(new TextPart(TextFormat.Html), html.ToString()),
        };
        if (calendar is not var (content, method)) return both;
        var file = Part(new TextPart("calendar"), content);
        file.ContentType.Parameters.Add("method", method);
        file.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = text.Words.MailCalendarFile };
        return new Multipart("mixed") { both, file };
    }

    private static TextPart Part(TextPart part, string content)
    {
        part.SetText(Encoding.UTF8, content);
        // Lines may be long and hold any letter; every relay passes this on unchanged.
        part.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        return part;
    }

    // Never made from one string: then a name could bring an address along.
    private static MailboxAddress Mailbox(string name, string address)
    {
        if (address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '<' or '>' or ',' or ';') || address.Count(c => c == '@') != 1)
        {
            throw new DeliveryException(DeliveryFault.Rejected, "address not valid");
        }
        try
        {
            return new MailboxAddress(Encoding.UTF8, name, address);
        }
        catch (ParseException)
        {
            throw new DeliveryException(DeliveryFault.Rejected, "address not valid");
        }
    }
}
