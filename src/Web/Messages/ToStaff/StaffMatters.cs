using NodaTime;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.SignIn.Own;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Messages.ToStaff;

/// <summary>Somebody of the team as mail knows them.</summary>
internal static class StaffRecipient
{
    /// <summary>The holder of an open account; null if it is closed or gone.</summary>
    public static Recipient? Of(Change change, long account) => change.Db.Row(
        "SELECT name, email, language FROM account WHERE id = $id AND active AND (ends_at IS NULL OR ends_at > $now)",
        row => new Recipient(row.GetString(0), row.GetString(1), row.GetString(2)), ("$id", account), ("$now", change.Now.ToUnixTimeSeconds()));
}

/// <summary>A mail to one of the team with one thing to do.</summary>
internal abstract record StaffMatter(Recipient Reader) : Matter
{
    public override Recipient To => Reader;

    /// <summary>A mail of this practice in the reader's language.</summary>
    protected MailText Write(Book book, string subject, string intro, MailButton button, params string[] notes)
    {
        var t = Text.In(Reader.Language);
        return new MailText
        {
            Words = t,
            Subject = subject,
            Heading = subject,
            Intro = intro,
            Button = button,
            Notes = [.. notes],
            Colour = book.Profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(book.Profile, t),
        };
    }
}

/// <summary>A link with which somebody chooses how they sign in. Every attempt makes a fresh one; earlier ones open nothing.</summary>
internal sealed record InvitationMatter(Recipient Reader) : StaffMatter(Reader)
{
    protected override string Way => "praxis/einladung/";

    /// <summary>Null if the account was closed meanwhile.</summary>
    public static InvitationMatter? Find(Change change, OutboxRow row) => StaffRecipient.Of(change, row.Account) is { } reader
        ? new InvitationMatter(reader) { Token = Invitations.Create(change, Actor.Practice, row.Account) }
        : null;

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var t = Text.In(Reader.Language);
        return Write(book, t.StaffmailInvitationSubject, t.StaffmailInvitationIntro(Shown.Line(book.Profile.Name)), new MailButton(t.StaffmailInvitationButton, links.Own!), t.StaffmailInvitationNote);
    }
}

/// <summary>
/// Another address to sign in with. The new one gets a link that shows it is read; the old one is told that it was
/// changed, which is how somebody notices that a stranger did it.
/// </summary>
internal sealed record AddressMatter(MailKind Kind, Recipient Reader) : StaffMatter(Reader)
{
    protected override string Way => "praxis/konto/adresse/";

    /// <summary>Null if the wish is over, or the account closed.</summary>
    public static AddressMatter? Find(Change change, OutboxRow row)
    {
        if (StaffRecipient.Of(change, row.Account) is not { } reader) return null;
        if (row.Kind == MailKind.AddressChanged) return new AddressMatter(row.Kind, reader with { Email = row.About });
        return NewAddress.Link(change, row.Account) is var (email, token) ? new AddressMatter(row.Kind, reader with { Email = email }) { Token = token } : null;
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var (t, practice) = (Text.In(Reader.Language), Shown.Line(book.Profile.Name));
        return Kind == MailKind.NewAddress
            ? Write(book, t.StaffmailAddressSubject, t.StaffmailAddressIntro(practice), new MailButton(t.StaffmailAddressButton, links.Own!), t.StaffmailAddressNote)
            : Write(book, t.StaffmailChangedSubject, t.StaffmailChangedIntro(practice), new MailButton(t.StaffmailChangedButton, links.Book + "praxis/konto"), t.StaffmailChangedNote);
    }
}
