using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>Why somebody on the list is offered nothing at present.</summary>
public enum WhyNoOffer { None, NoAddress, Departed, Silent, KnownOnly, NotOnline, Paused, NothingFree, TooNear }

/// <summary>
/// Offers free times to whom they fit: the urgent first, then in the order in which they came. What is free is what owners
/// could book online, so an offer is never a time the rules would refuse.
/// </summary>
internal static class Offering
{
    /// <summary>After so many offers that ran out without an answer nobody is asked again, until they say so.</summary>
    public const int MostUnanswered = 3;

    /// <summary>Ends what is over and offers what is free. Answers whether there was anybody on the list.</summary>
    /// <param name="change">The change this is part of.</param>
    /// <param name="dates">The dates on which something may have become free; all, if null.</param>
    public static bool Look(Change change, IReadOnlySet<LocalDate>? dates = null)
    {
        if (!HasWork(change.Db)) return false;
        Entries.Settle(change);
        KeptTimes.Settle(change);
        var open = Offer.Open(change.Db).Select(offer => offer.Entry).ToHashSet();
        var queue = Entry.Waiting(change.Db).Where(entry => !open.Contains(entry.Id) && WhyNot(change.Db, change.Book, entry, change.Now) == WhyNoOffer.None).ToList();
        if (queue.Count == 0) return true;
        var round = new Round(change, queue, dates);
        for (var i = 0; i < queue.Count; i++) round.OfferTo(i);
        return true;
    }

    /// <summary>Whether there is anybody to look after.</summary>
    public static bool HasWork(Db db) => db.Number("SELECT EXISTS (SELECT 1 FROM waiting WHERE state <> 'ended') OR EXISTS (SELECT 1 FROM kept_time)") == 1;

    /// <summary>What somebody would ask for, with the person of an offer.</summary>
    public static VisitRequest RequestFor(Entry entry, string vet) => vet.Length == 0 ? entry.Wanted.Request : entry.Wanted.Request with { Vet = vet };

    /// <summary>Why somebody is offered nothing whatever is free; <see cref="WhyNoOffer.None"/> if they are.</summary>
    public static WhyNoOffer WhyNot(Db db, Book book, Entry entry, Instant now) =>
        entry.Email.Length == 0 ? WhyNoOffer.NoAddress
        : Entries.IsOnlyAboutDeparted(db, entry) ? WhyNoOffer.Departed
        : IsSilent(db, entry.Id) ? WhyNoOffer.Silent
        : book.Diary.WhyNever(entry.Wanted.Request) is not null ? WhyNoOffer.NotOnline
        : book.Practice.VisitType(entry.Wanted.VisitType)!.Audience == Audience.KnownOwners && !Entries.IsKnown(db, entry, now) ? WhyNoOffer.KnownOnly
        : book.Practice.IsPaused(now) ? WhyNoOffer.Paused
        : WhyNoOffer.None;

    /// <summary>The same, and whether anything that fits is free at all.</summary>
    public static WhyNoOffer WhyNotYet(Db db, Book book, Entry entry, Instant now)
    {
        if (WhyNot(db, book, entry, now) is not WhyNoOffer.None and var why) return why;
        var days = Days(entry.Wanted, book.Diary.DateOf(now));
        return book.Diary.FreeStarts(entry.Wanted.Request, days, now).SelectMany(day => day.Starts).Any(free => entry.Wanted.Fits(free.Start, book.Practice.Zone))
            ? WhyNoOffer.TooNear : WhyNoOffer.NothingFree;
    }

    /// <summary>Whether somebody let the last offers run out without a word.</summary>
    public static bool IsSilent(Db db, long entry) => db.Number(
        """
        SELECT count(*) FROM offer o JOIN waiting w ON w.id = o.waiting_id
        WHERE o.waiting_id = $id AND o.state = 'expired' AND o.made_at >= w.asked_since
          AND o.id > ifnull((SELECT max(id) FROM offer d WHERE d.waiting_id = $id AND d.state = 'declined'), 0)
        """,
        ("$id", entry)) >= MostUnanswered;

    private static DateInterval Days(Wanted wanted, LocalDate today)
    {
        var first = LocalDate.Max(wanted.From, today);
        return new DateInterval(first, LocalDate.Max(wanted.Until, first));
    }

    /// <summary>One look through the list. What is free is searched once for all who ask for the same.</summary>
    private sealed class Round(Change change, List<Entry> queue, IReadOnlySet<LocalDate>? dates)
    {
        private readonly ListRules rules = ListRules.Load(change.Db);
        private readonly Instant due = QuietHours.Of(change).FirstMoment(change.Now);
        private readonly Dictionary<string, List<FreeStart>> free = [];
        private readonly HashSet<long> asked = [];

        /// <summary>Offers the first time that fits to one of the queue, and the same time to those behind whom it fits, too.</summary>
        public void OfferTo(int at)
        {
            var entry = queue[at];
            if (asked.Contains(entry.Id)) return;
            var before = AskedBefore(entry);
            foreach (var start in FreeFor(entry))
            {
                if (!Suits(entry, start.Start, before) || EndFor(entry, start.Start) is not { } end) continue;
                if (change.Diary.Book(RequestFor(entry, start.Vet), start.Start, change.Now) is not BookingAnswer.Accepted accepted) continue;
                if (KeptTimes.IsReleased(change.Db, accepted.Visit, accepted.Vet)) continue;
                OfferToAll(at, accepted, end);
                return;
            }
        }

        private void OfferToAll(int first, BookingAnswer.Accepted accepted, Instant end)
        {
            var diary = change.Diary;
            var kept = KeptTimes.Keep(change, accepted, end);
            free.Clear();
            var offers = 0;
            for (var i = first; i < queue.Count && offers < rules.Offers; i++)
            {
                var entry = queue[i];
                if (i > first && !AlsoSuits(entry, diary, kept)) continue;
                Offer.Make(change, entry, kept, due);
                asked.Add(entry.Id);
                offers++;
            }
        }

        private bool AlsoSuits(Entry entry, Diary diary, KeptTime kept) =>
            !asked.Contains(entry.Id)
            && (entry.Wanted.Vet is null || entry.Wanted.Vet == kept.Vet)
            && Suits(entry, kept.Start, AskedBefore(entry))
            && EndFor(entry, kept.Start) >= kept.Expires
            && diary.Book(RequestFor(entry, kept.Vet), kept.Start, change.Now) is BookingAnswer.Accepted accepted
            && kept.Covers(accepted.Visit);

        private bool Suits(Entry entry, Instant start, HashSet<(LocalDate, DayParts)> before) =>
            entry.Wanted.Fits(start, change.Book.Practice.Zone) && !before.Contains(PartOf(start));

        private Instant? EndFor(Entry entry, Instant start) => rules.EndOf(due, start, change.Book.Practice.VisitType(entry.Wanted.VisitType)!.Lead);

        /// <summary>The parts of days somebody was asked about before and did not want: asking again would be a nuisance.</summary>
        private HashSet<(LocalDate, DayParts)> AskedBefore(Entry entry) =>
            [.. Offer.To(change.Db, entry.Id).Where(offer => offer.State is OfferState.Declined or OfferState.Expired).Select(offer => PartOf(offer.Start))];

        private (LocalDate, DayParts) PartOf(Instant start)
        {
            var wall = start.InZone(change.Book.Practice.Zone);
            return (wall.Date, DayPart.Of(wall.TimeOfDay));
        }

        private List<FreeStart> FreeFor(Entry entry)
        {
            var wanted = entry.Wanted;
            var key = $"{wanted.VisitType} {wanted.Vet} {string.Join(' ', wanted.Request.Species)}";
            if (free.TryGetValue(key, out var known)) return known;
            var today = change.Diary.DateOf(change.Now);
            var last = queue.Max(one => one.Wanted.Until);
            IEnumerable<DateInterval> spans = dates is null
                ? [new DateInterval(today, LocalDate.Max(last, today))]
                : dates.Where(date => date >= today && date <= last).Order().Select(date => new DateInterval(date, date));
            return free[key] = [.. spans.SelectMany(span => change.Diary.FreeStarts(wanted.Request, span, change.Now)).SelectMany(day => day.Starts)];
        }
    }
}
