using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList.Desk;

/// <summary>Which part of the list staff look at.</summary>
public enum QueueFilter { All, Urgent, Offered, Unoffered }

/// <summary>Somebody on the list as staff see them.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Open">What they are offered now; null if nothing.</param>
/// <param name="Others">To how many others the same time is offered.</param>
/// <param name="Why">Why they are offered nothing.</param>
/// <param name="Past">What became of the offers before.</param>
public sealed record QueueLine(Entry Entry, Offer? Open, int Others, WhyNoOffer Why, IReadOnlyList<Offer> Past);

/// <summary>The page of the waiting list.</summary>
public sealed record QueueModel(Staff Staff, QueueFilter Filter, string VisitType)
{
    public required IReadOnlyList<QueueLine> Lines { get; init; }

    /// <summary>How many entries there are, whatever is filtered.</summary>
    public required int All { get; init; }

    /// <summary>How many wait for their own confirmation.</summary>
    public required int Unconfirmed { get; init; }

    /// <summary>The visit types somebody waits for.</summary>
    public required IReadOnlyList<string> VisitTypes { get; init; }

    /// <summary>What was just done: a word of the texts; null if nothing.</summary>
    public string? Said { get; init; }

    public static QueueModel Load(Db db, Staff staff, QueueFilter filter, string visitType)
    {
        var entries = Entry.Waiting(db);
        var open = Offer.Open(db).Where(offer => offer.Expires > staff.Now).ToDictionary(offer => offer.Entry);
        var shown = entries.Where(entry => (visitType.Length == 0 || entry.Wanted.VisitType == visitType) && filter switch
        {
            QueueFilter.Urgent => entry.IsUrgent,
            QueueFilter.Offered => open.ContainsKey(entry.Id),
            QueueFilter.Unoffered => !open.ContainsKey(entry.Id),
            _ => true,
        });
        return new QueueModel(staff, filter, visitType)
        {
            Lines = [.. shown.Select(entry => Line(db, staff, entry, open))],
            All = entries.Count,
            Unconfirmed = (int)db.Number("SELECT count(*) FROM waiting WHERE state = 'unconfirmed' AND created_at > $since", ("$since", (staff.Now - Entries.TimeToConfirm).ToUnixTimeSeconds())),
            VisitTypes = [.. entries.Select(entry => entry.Wanted.VisitType).Distinct()],
        };
    }

    private static QueueLine Line(Db db, Staff staff, Entry entry, Dictionary<long, Offer> open)
    {
        var offer = open.GetValueOrDefault(entry.Id);
        return new QueueLine(
            entry, offer, offer is null ? 0 : open.Values.Count(other => other.Kept == offer.Kept) - 1,
            offer is null ? Offering.WhyNotYet(db, staff.Book, entry, staff.Now) : WhyNoOffer.None,
            [.. Offer.To(db, entry.Id).Where(one => one.State != OfferState.Open)]);
    }
}
