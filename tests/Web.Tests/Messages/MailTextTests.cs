using System.Text;
using MimeKit;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Messages.Visits;
using VetBooking.Web.Shared;

namespace VetBooking.Tests.Messages;

public class MailTextTests
{
    private const string Token = "aaaaBBBBccccDDDDeeeeFFFFggggHHHHiiiiJJJJkkk";

    public static TheoryData<string> HostileNames =>
    [
        "Eve\r\nBcc: all@victim.example", "Eve\nSubject: x", "Eve\r\n\r\n<script>alert(1)</script>", "x <eve@victim.example>", "a@b.example, c@d.example",
        "\"; drop", "=?utf-8?q?=0D=0ABcc:_x@victim.example?=", "\u202Eevil\u2066", "Gewinn: http://evil.example/x www.evil.example", "<img src=x onerror=alert(1)>",
        new string('A', 5000), "\0\u0007", "'\"></a><a href=//evil.example>", "مشمش", "🐈‍⬛",
    ];

    public static TheoryData<MailKind, string> AllMails
    {
        get
        {
            var all = new TheoryData<MailKind, string>();
            foreach (var kind in Enum.GetValues<MailKind>().Where(kind => MailKinds.IsAboutVisit(kind) && kind != MailKind.Aftercare))
                foreach (var language in new[] { "de", "en" }) all.Add(kind, language);
            return all;
        }
    }

    [Theory, MemberData(nameof(AllMails))]
    public async Task Both_parts_lead_to_the_same_place_in_the_language_of_the_booking(MailKind kind, string language)
    {
        var letter = await Write(kind, As(kind) with { Language = language });
        var link = kind == MailKind.Lapsed ? Samples.Url + "/" : $"{Samples.Url}/termin/{Token}";
        Assert.Contains(link + "\n", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", letter.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\" dir=\"ltr\">", letter.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(language, (letter.Headers[HeaderId.ContentLanguage] ?? letter.Body!.Headers[HeaderId.ContentLanguage]));
        Assert.Contains(language == "de" ? "24. November" : "24 November", letter.Subject, StringComparison.Ordinal);
        Assert.Contains(language == "de" ? "09:10 Uhr" : "09:10", letter.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", letter.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", letter.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", letter.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("outbox-7-4K7-29A@termin.praxis.example", letter.MessageId);
        foreach (var name in new[] { "Frieda", "Bello", "Mimi" }) Assert.DoesNotContain(name, letter.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailKind.Confirmed, VisitState.Booked, "PUBLISH")]
    [InlineData(MailKind.Moved, VisitState.Booked, "PUBLISH")]
    [InlineData(MailKind.Restored, VisitState.Booked, "PUBLISH")]
    [InlineData(MailKind.Cancelled, VisitState.Cancelled, "CANCEL")]
    [InlineData(MailKind.Moved, VisitState.Requested, null)]
    [InlineData(MailKind.PleaseConfirm, VisitState.Held, null)]
    [InlineData(MailKind.Requested, VisitState.Requested, null)]
    [InlineData(MailKind.Lapsed, VisitState.Lapsed, null)]
    public async Task What_calendars_know_comes_with_a_calendar_file(MailKind kind, VisitState state, string? method)
    {
        var letter = await Write(kind, As(kind) with { State = state });
        var file = letter.Attachments.OfType<TextPart>().SingleOrDefault();
        Assert.Equal(method, file?.ContentType.Parameters["method"]);
        if (file is not null) Assert.Equal(method, IcsEvent.Parse(Content(file)).Method);
    }

    [Fact]
    public async Task A_confirmed_mail_says_what_to_bring_how_to_come_and_until_when_to_cancel()
    {
        var letter = await Write(MailKind.Confirmed, Samples.Appointment());
        foreach (var wanted in new[]
        {
            "Dienstag, 24. November 2026, 09:10 Uhr", "Impfung", "Bello, Mimi", "Dr. Anna Weber", "Impfpass", "Leine", "U-Bahn bis Park.",
            "Parkgasse 1, 20095 Hamburg", "040 123456", "Montag, 23. November, 09:10 Uhr", "4K7-29A",
        })
        {
            Assert.Contains(wanted, letter.TextBody, StringComparison.Ordinal);
            Assert.Contains(wanted, letter.HtmlBody, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cancellation_that_can_no_longer_be_taken_back_offers_a_new_booking()
    {
        var letter = await Write(MailKind.Cancelled, As(MailKind.Cancelled), token: null);
        Assert.Contains("Neuen Termin buchen", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("zurücknehmen", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/termin/", letter.TextBody + letter.HtmlBody, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(HostileNames))]
    public async Task No_name_adds_a_header_a_recipient_a_link_or_markup(string name)
    {
        var plain = await Write(MailKind.PleaseConfirm, As(MailKind.PleaseConfirm));
        var letter = await Write(MailKind.PleaseConfirm, As(MailKind.PleaseConfirm) with { Name = name, Animals = [new VisitingAnimal(name, "dog", null, name)] });
        Assert.Equal(plain.Headers.Select(header => header.Field).Order(), letter.Headers.Select(header => header.Field).Order());
        Assert.Equal("frieda@owner.example", Assert.Single(letter.To.Mailboxes).Address);
        Assert.Empty(letter.Cc.Mailboxes.Concat(letter.Bcc.Mailboxes));
        Assert.Equal(plain.Subject, letter.Subject);
        Assert.DoesNotContain("<script", letter.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", letter.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Count(plain.HtmlBody, "<a "), Count(letter.HtmlBody, "<a "));
        foreach (var text in new[] { letter.TextBody!, letter.HtmlBody!, letter.To.ToString() })
        {
            Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
            Assert.DoesNotContain("victim.example", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, c => c is '\u202E' or '\u2066' or '\0');
        }
    }

    [Theory]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("a@b.example\r\nBcc: c@d.example")]
    [InlineData("\"x\r\nRCPT TO:<c@d.example>\"@b.example")]
    [InlineData("<a@b.example>")]
    [InlineData("a@")]
    [InlineData("@b.example")]
    [InlineData("a")]
    [InlineData("")]
    public async Task An_address_that_is_not_one_is_refused(string address)
    {
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => Write(MailKind.PleaseConfirm, As(MailKind.PleaseConfirm) with { Email = address }));
        Assert.Equal(DeliveryFault.Rejected, refused.Fault);
        Assert.Equal("address not valid", refused.Message);
    }

    [Fact]
    public async Task Replies_go_to_the_practice_when_another_address_sends()
    {
        var own = await Write(MailKind.Confirmed, Samples.Appointment());
        Assert.Equal("praxis@praxis.example", own.From.Mailboxes.Single().Address);
        Assert.Empty(own.ReplyTo);
        var settings = new InstanceSettings { PublicUrl = Samples.Url, Mail = new MailSettings { From = "post@relay.example" } };
        var other = await new Letter(settings).Write(Due(MailKind.Confirmed, Samples.Appointment(), Token), Samples.Book(), Samples.Now);
        Assert.Equal("post@relay.example", other.From.Mailboxes.Single().Address);
        Assert.Equal("praxis@praxis.example", other.ReplyTo.Mailboxes.Single().Address);
    }

    private static int Count(string? text, string what) => text!.Split(what).Length - 1;

    private static Appointment As(MailKind kind) => Samples.Appointment() with
    {
        State = kind switch
        {
            MailKind.PleaseConfirm => VisitState.Held,
            MailKind.Requested => VisitState.Requested,
            MailKind.Cancelled => VisitState.Cancelled,
            MailKind.Lapsed => VisitState.Lapsed,
            _ => VisitState.Booked,
        },
        StateBefore = kind == MailKind.Cancelled ? VisitState.Booked : null,
        Expires = Samples.Now + Duration.FromMinutes(15),
    };

    private static DueMail Due(MailKind kind, Appointment appointment, string? token) => new(7, kind, 1, Samples.Now, new VisitMatter(kind, appointment) { Token = token });

    /// <summary>A mail as whoever gets it reads it: written to the wire and read back.</summary>
    private static async Task<MimeMessage> Write(MailKind kind, Appointment appointment, string? token = Token)
    {
        var written = await new Letter(new InstanceSettings { PublicUrl = Samples.Url })
            .Write(Due(kind, appointment, kind == MailKind.Lapsed ? null : token), Samples.Book(), Samples.Now);
        using var wire = new MemoryStream();
        await written.WriteToAsync(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, wire);
        wire.Position = 0;
        return await MimeMessage.LoadAsync(wire);
    }

    private static string Content(TextPart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }
}
