using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.WaitingList;

/// <summary>A message to somebody on the waiting list: confirm the entry, or a time that is offered.</summary>
internal sealed record WaitingMatter(Entry Entry, Offer? Offer) : Matter
{
    public override Recipient To => new(Entry.Name, Entry.Email, Entry.Language);

    /// <summary>Whether others are offered the same time.</summary>
    public bool HasOthers { get; init; }

    public override string Reference => Offer is null ? "list" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"offer-{Offer.Id}");

    protected override string Way => "warteliste/";

    public override string? OneClickEnd => Token is null ? null : $"warteliste/{Token}/ende";

    /// <summary>What a row of the outbox is about; null if it does not hold any more.</summary>
    public static WaitingMatter? Find(Change change, OutboxRow row)
    {
        if (Entry.Load(change.Db, row.Waiting) is not { } entry) return null;
        if (row.Kind == MailKind.ListConfirm)
        {
            return entry.State == EntryState.Unconfirmed ? new WaitingMatter(entry, null) { Token = EntryLink.Create(change, entry, null) } : null;
        }
        var offer = long.TryParse(row.About, out var id) ? Offer.Load(change.Db, id) : null;
        if (offer?.At(change.Now) != OfferState.Open || Entries.IsOnlyAboutDeparted(change.Db, entry)) return null;
        return new WaitingMatter(entry, offer) { Token = EntryLink.Create(change, entry, offer.Id), HasOthers = Offer.Open(change.Db, offer.Kept).Count > 1 };
    }

    /// <summary>A message like one, about nobody.</summary>
    public static WaitingMatter Sample(Appointment like, MailKind kind, Instant now)
    {
        var day = like.Start.InUtc().Date;
        var entry = new Entry
        {
            Id = 0,
            State = EntryState.Waiting,
            IsUrgent = false,
            Wanted = new Wanted { VisitType = like.VisitType, From = day.PlusDays(-7), Until = day.PlusDays(21), Animals = like.Animals },
            Language = like.Language,
            Owner = null,
            Name = like.Name,
            Email = like.Email,
            Phone = "",
            IsOnline = true,
            Revision = 0,
            Created = now,
        };
        return new WaitingMatter(entry, kind == MailKind.ListConfirm ? null : new Offer
        {
            Id = 0, Entry = 0, Kept = null, Start = like.Start, Vet = like.Vet, State = OfferState.Open, Expires = now + Duration.FromHours(2),
        });
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var (t, profile, zone) = (book.Profile.Texts.In(Entry.Language), book.Profile, book.Practice.Zone);
        var text = new MailText
        {
            Words = t,
            Subject = t.MailListConfirmSubject,
            Heading = t.MailListConfirmHeading,
            Intro = t.MailListConfirmIntro,
            Facts = Facts(profile, t, zone),
            Button = new MailButton(t.ListConfirm, links.Own!),
            Notes = [t.MailListConfirmNotYou],
            Colour = profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(profile, t),
        };
        if (Offer is not { } offer) return text;
        return text with
        {
            Subject = t.MailListOfferSubject(WallTime.Of(offer.Start, zone).WithoutYear(t)),
            Heading = t.ListOfferHeading,
            Intro = t.MailListOfferIntro(WallTime.Of(offer.Expires, zone).WithoutYear(t)),
            Button = new MailButton(t.MailListOfferButton, links.Own!),
            Notes = [.. HasOthers ? new[] { t.ListOfferOthers } : [], t.MailListEnd],
        };
    }

    private System.Collections.Immutable.ImmutableArray<MailFact> Facts(Profile profile, Text t, DateTimeZone zone) =>
    [
        .. new[]
        {
            new MailFact(t.MailLabelWhen, Offer is null ? t.ListRange(Entry.Wanted.From, Entry.Wanted.Until) : WallTime.Of(Offer.Start, zone).Full(t)),
            new MailFact(t.MailLabelWhat, Shown.Line(profile.VisitType(Entry.Language, Entry.Wanted.VisitType).Name)),
            new MailFact(t.MailLabelAnimals, string.Join(", ", Entry.Wanted.Animals.Select(animal => Shown.Name(animal.Name)).Where(name => name.Length > 0))),
            new MailFact(t.MailLabelVet, Shown.Line(profile.Vet(Offer is null ? Entry.Wanted.Vet : Offer.Vet))),
            new MailFact(t.MailLabelWhere, Offer is null ? "" : Shown.Address(profile)),
        }.Where(fact => fact.Value.Length > 0),
    ];
}
