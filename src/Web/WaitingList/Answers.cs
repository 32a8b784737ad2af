using Microsoft.Data.Sqlite;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Flow;

namespace VetBooking.Web.WaitingList;

/// <summary>What came of acting on a link of the waiting list.</summary>
public abstract record AnswerOutcome
{
    private AnswerOutcome() { }

    /// <summary>The link opens nothing.</summary>
    public sealed record Gone : AnswerOutcome;

    /// <summary>It is done; the link's page says how things stand.</summary>
    public sealed record Done : AnswerOutcome;

    /// <summary>The offer has become an appointment, to which this token leads.</summary>
    public sealed record Booked(string Token) : AnswerOutcome;

    /// <summary>The rules say no by now.</summary>
    public sealed record Refused(Refusal Because) : AnswerOutcome;
}

/// <summary>What whoever has a mailed link can do: confirm the entry, accept or decline the offer, go on waiting, leave. Each is safe to repeat.</summary>
public sealed class Answers(Writer writer, MailSignal mail)
{
    public Task<AnswerOutcome> Confirm(string token) => Act(token, (change, link) =>
    {
        Entries.Confirm(change, link.Entry);
        return new AnswerOutcome.Done();
    });

    /// <summary>Leaves the list.</summary>
    public Task<AnswerOutcome> Leave(string token) => Act(token, (change, link) =>
    {
        if (link.Entry.State == EntryState.Ended) return new AnswerOutcome.Done();
        Entries.End(change, Actor.Owner, link.Entry.Id, "left");
        Offering.Look(change);
        return new AnswerOutcome.Done();
    });

    /// <summary>Does not want this time, but goes on waiting.</summary>
    public Task<AnswerOutcome> Decline(string token) => Act(token, (change, link) =>
    {
        if (link.Offer?.At(change.Now) != OfferState.Open) return new AnswerOutcome.Done();
        Offer.End(change, Actor.Owner, link.Offer, OfferState.Declined);
        Offering.Look(change);
        return new AnswerOutcome.Done();
    });

    /// <summary>Wants to be asked again, after offers that ran out.</summary>
    public Task<AnswerOutcome> GoOn(string token) => Act(token, (change, link) =>
    {
        change.Db.Execute("UPDATE waiting SET asked_since = $now, revision = revision + 1 WHERE id = $id AND state = 'waiting'",
            ("$now", change.Now.ToUnixTimeSeconds()), ("$id", link.Entry.Id));
        Offering.Look(change);
        return new AnswerOutcome.Done();
    });

    /// <summary>Accepts the offer: in one transaction the time is no longer kept, the appointment is there and the entry at its end.</summary>
    public Task<AnswerOutcome> Accept(string token) => Act(token, (change, link) => link.Offer switch
    {
        { State: OfferState.Accepted, Appointment: { } appointment } => Booked(change, appointment),
        { State: OfferState.Open } offer when offer.Expires > change.Now && link.Entry.State == EntryState.Waiting => Accept(change, link.Entry, offer),
        _ => new AnswerOutcome.Done(),
    });

    private static AnswerOutcome Accept(Change change, Entry entry, Offer offer)
    {
        if (KeptTimes.Load(change.Db, offer.Kept) is not { } kept) return new AnswerOutcome.Refused(new Refusal.Taken());
        var answer = kept.Without(change.Diary).Book(Offering.RequestFor(entry, offer.Vet), offer.Start, change.Now);
        if (answer is BookingAnswer.Refused refused) return new AnswerOutcome.Refused(refused.Because);
        var accepted = (BookingAnswer.Accepted)answer;
        var owner = entry.Owner ?? ProvedOwner.Of(change, "waiting", entry.Id);
        // The mailed link has proved the address.
        if (accepted.State == VisitState.Held)
        {
            var (state, because) = Changing.Confirm(change.Book.Practice.VisitType(entry.Wanted.VisitType)!, accepted.State, Entries.IsKnown(change.Db, entry, change.Now));
            if (because is not null) return new AnswerOutcome.Refused(because);
            accepted = accepted with { State = state };
        }
        accepted = accepted with { State = NoShows.StateFor(change, accepted.State, owner) };
        var others = Offer.Open(change.Db, kept.Id).Where(one => one.Id != offer.Id).ToList();
        KeptTimes.Close(change, kept);
        var appointment = Bookings.Save(change, WishOf(entry, accepted), accepted).Appointment;
        change.Db.Execute("UPDATE appointment SET owner_id = $owner WHERE id = $id", ("$owner", owner), ("$id", appointment));
        KnownAnimals.Recognise(change.Db, appointment);
        foreach (var other in others) Offer.End(change, Actor.Practice, other, OfferState.Taken);
        Offer.End(change, Actor.Owner, offer, OfferState.Accepted);
        change.Db.Execute("UPDATE offer SET appointment_id = $appointment WHERE id = $id", ("$appointment", appointment), ("$id", offer.Id));
        Entries.End(change, Actor.Owner, entry.Id, "accepted");
        Offering.Look(change);
        return Booked(change, appointment);
    }

    private static AnswerOutcome.Booked Booked(Change change, long appointment) => new(AppointmentLink.Create(change, appointment, LinkPurpose.Manage));

    private static BookingWish WishOf(Entry entry, BookingAnswer.Accepted accepted) => new()
    {
        VisitType = entry.Wanted.VisitType,
        Start = accepted.Visit.Start,
        Vet = accepted.Vet,
        Language = entry.Language,
        Name = entry.Name,
        Email = EmailAddress.Known(entry.Email),
        Phone = entry.Phone,
        Animals = entry.Wanted.Animals,
    };

    private async Task<AnswerOutcome> Act(string token, Func<Change, OpenedLink, AnswerOutcome> act)
    {
        try
        {
            var outcome = await writer.Write(change =>
            {
                Holds.Release(change);
                return EntryLink.Open(change.Db, token, change.Now) is { } link ? act(change, link) : new AnswerOutcome.Gone();
            });
            mail.Ring();
            return outcome;
        }
        catch (SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            // The last guard: the database itself refused, so somebody has the time.
            return new AnswerOutcome.Refused(new Refusal.Taken());
        }
    }
}
