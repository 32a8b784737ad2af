using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>How the practice keeps its waiting list.</summary>
/// <param name="IsOpen">Whether owners can put themselves on it; staff always can.</param>
/// <param name="Offers">To how many a time is offered at once.</param>
/// <param name="HoldMinutes">How long an offer holds.</param>
/// <param name="NearHours">Nearer to its start than so many hours a time is offered to nobody any more.</param>
/// <param name="MostEntries">How many entries one mail address may have.</param>
public sealed record ListRules(bool IsOpen, int Offers, int HoldMinutes, int NearHours, int MostEntries)
{
    /// <summary>An offer nobody has time to read is none.</summary>
    private static readonly Duration ShortestOffer = Duration.FromMinutes(15);

    public static ListRules Load(Db db) => db.Row(
        "SELECT open, offers, hold_minutes, near_hours, most_entries FROM waiting_rules",
        row => new ListRules(row.GetBoolean(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)))!;

    /// <summary>Until when an offer holds that is read from <paramref name="due"/> on; null if that is too near to the start.</summary>
    public Instant? EndOf(Instant due, Instant start, Duration lead)
    {
        var end = Instant.Min(due + Duration.FromMinutes(HoldMinutes), start - Duration.Max(lead, Duration.FromHours(NearHours)));
        return end - due < ShortestOffer ? null : end;
    }
}
