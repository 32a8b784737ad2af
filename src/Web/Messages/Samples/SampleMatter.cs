using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages.ToStaff;
using VetBooking.Web.Messages.Visits;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.OwnData;
using VetBooking.Web.Storage;
using VetBooking.Web.WaitingList;

namespace VetBooking.Web.Messages.Samples;

/// <summary>A message as an owner would get it, about nobody: to be looked at, or sent to whoever asks. Its links lead to the booking page.</summary>
internal sealed record SampleMatter(Matter Like, Recipient Reader) : Matter
{
    public override Recipient To => Reader;

    /// <summary>The kinds there are samples of, in the order owners meet them.</summary>
    public static readonly IReadOnlyList<MailKind> Kinds =
    [
        MailKind.PleaseConfirm, MailKind.Confirmed, MailKind.Requested, MailKind.Declined, MailKind.Reminder, MailKind.Moved,
        MailKind.Cancelled, MailKind.Restored, MailKind.Lapsed, MailKind.Aftercare,
        MailKind.ListConfirm, MailKind.ListOffer, MailKind.RecallConfirm, MailKind.Recall, MailKind.OwnData, MailKind.DataAnswer,
    ];

    /// <summary>The sample a row of the outbox asks for; null if its reader is gone.</summary>
    public static SampleMatter? Find(Change change, OutboxRow row) =>
        row.About.Split('/') is [var kind, var language] && StaffRecipient.Of(change, row.Account) is { } reader
            ? new SampleMatter(Of(MailKinds.Of(kind), language, change.Db, change.Book, change.Now), reader)
            : null;

    /// <summary>A message of a kind, about nobody.</summary>
    public static Matter Of(MailKind kind, string language, Db db, Book book, Instant now)
    {
        if (kind == MailKind.OwnData) return new OwnDataMatter(Anybody(language, book)) { Token = "…" };
        if (kind == MailKind.DataAnswer) return new DataAnswerMatter(Anybody(language, book), "correction", "done", now, "");
        if (kind is MailKind.RecallConfirm or MailKind.Recall) return Recall(kind, language, db, book, now);
        var appointment = Appointment(kind, language, book, now);
        if (kind is MailKind.ListConfirm or MailKind.ListOffer) return WaitingMatter.Sample(appointment, kind, now) with { Token = "…" };
        return new VisitMatter(kind, appointment) { Word = kind == MailKind.Aftercare ? Aftercare.Words(db, appointment) : "", Token = "…" };
    }

    private static Recipient Anybody(string language, Book book) => new(book.Profile.Texts.In(language).StaffmailSampleOwner, book.Profile.Email, language);

    private static Matter Recall(MailKind kind, string language, Db db, Book book, Instant now)
    {
        var (t, reader) = (book.Profile.Texts.In(language), Anybody(language, book));
        if (kind == MailKind.RecallConfirm) return new ConfirmMatter(reader) { Token = "…" };
        var rule = RecallRule.All(db).Concat(RecallRule.Start).First();
        return new RecallMatter(reader)
        {
            Lines = [(t.StaffmailSampleAnimal, rule.Id, now.InZone(book.Practice.Zone).Date.PlusDays(rule.AheadDays))],
            Names = new Dictionary<string, string> { [rule.Id] = rule.Name(language) },
            Token = "…",
        };
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var words = Like.Say(book, links with { Own = links.Book }, now);
        return words with { Subject = book.Profile.Texts.In(Reader.Language).StaffmailSampleSubject(words.Subject) };
    }

    public override (string File, string Method)? Calendar(Book book, MailLinks links, InstanceSettings settings, Instant now) => null;

    private static Appointment Appointment(MailKind kind, string language, Book book, Instant now)
    {
        var (zone, profile) = (book.Practice.Zone, book.Profile);
        var t = profile.Texts.In(language);
        var species = profile.Species.FirstOrDefault()?.Id ?? "dog";
        return new Appointment
        {
            Id = 0,
            Number = "4K7-29A",
            VisitType = book.Practice.VisitTypes.FirstOrDefault()?.Id ?? "",
            State = kind switch
            {
                MailKind.PleaseConfirm => VisitState.Held,
                MailKind.Requested => VisitState.Requested,
                MailKind.Cancelled or MailKind.Declined => VisitState.Cancelled,
                MailKind.Lapsed => VisitState.Lapsed,
                _ => VisitState.Booked,
            },
            Start = (now.InZone(zone).Date.PlusDays(7) + new LocalTime(10, 20)).InZoneLeniently(zone).ToInstant(),
            Minutes = 20,
            Vet = profile.Team.FirstOrDefault()?.Id ?? "",
            Expires = now + Duration.FromMinutes(profile.HoldMinutes),
            Revision = 0,
            Language = language,
            Name = t.StaffmailSampleOwner,
            Email = profile.Email,
            StateBefore = kind == MailKind.Declined ? VisitState.Requested : VisitState.Booked,
            Created = now,
            Answer = kind == MailKind.Declined ? "" : null,
            Animals = [new VisitingAnimal(t.StaffmailSampleAnimal, species, null, "")],
        };
    }
}
