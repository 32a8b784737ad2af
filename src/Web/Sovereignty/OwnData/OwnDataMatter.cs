using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>The mail with the code that opens "my data".</summary>
internal sealed record OwnDataMatter(Recipient Reader) : Matter
{
    public override Recipient To => Reader;

    protected override string Way => "meine-daten/code/";

    /// <summary>Null if it comes too late.</summary>
    internal static OwnDataMatter? Find(Change change, OutboxRow row)
    {
        var reader = change.Db.Row(
            """
            SELECT coalesce(o.name, a.name, w.name), coalesce(o.email, a.email, w.email), coalesce(o.language, a.language, w.language), coalesce(o.email_key, a.email_key, w.email_key) = d.email_key
            FROM own_data d LEFT JOIN owner o ON o.id = d.owner_id LEFT JOIN appointment a ON a.id = d.appointment_id LEFT JOIN waiting w ON w.id = d.waiting_id WHERE d.id = $id
            """,
            one => (Recipient: new Recipient(one.GetString(0), one.GetString(1), one.GetString(2)), IsSame: one.GetBoolean(3)), ("$id", row.About));
        if (reader is not { Recipient: { } to, IsSame: true } || OwnDataAccess.Code(change, row.About) is not { } code) return null;
        return new OwnDataMatter(to) { Token = code };
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var t = book.Profile.Texts.In(Reader.Language);
        return new MailText
        {
            Words = t,
            Subject = t.MailOwnDataSubject,
            Heading = t.DataHeading,
            Intro = t.MailOwnDataIntro,
            Button = new MailButton(t.DataOpen, links.Own!),
            Notes = [t.MailOwnDataNotYou],
            Colour = book.Profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(book.Profile, t),
        };
    }
}
