using System.Collections.Concurrent;
using NodaTime;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>Something staff did with an appointment and were told that it is done. The act is named as the audit names it.</summary>
/// <param name="Account">Who.</param>
/// <param name="Act">What.</param>
/// <param name="Appointment">With which.</param>
/// <param name="Sent">The revision they had seen, and sent along.</param>
internal sealed record StaffAct(long Account, string Act, long Appointment, int Sent)
{
    public Instant? Start { get; init; }
    public int? Minutes { get; init; }

    /// <summary>Why it may lie over something else; empty if it may not.</summary>
    public string Squeeze { get; init; } = "";
}

/// <summary>A booking by phone.</summary>
internal sealed record PhoneCall(long Account, long Appointment, Instant Start, int Minutes, string Squeeze);

/// <summary>Something an owner did by the mailed link.</summary>
internal sealed record OwnerAct(string Number, string Act, Instant? Start);

/// <summary>A time staff blocked. The reason is its own, so that it names this block among all rows.</summary>
internal sealed record Block(string Reason, IReadOnlyList<string> Resources, Instant From, Instant To);

/// <summary>What a session can take back: an act as the database words it, on an appointment or on a block with this reason.</summary>
internal sealed record LastDone(string Word, long Appointment, string Reason);

/// <summary>Something taken back.</summary>
internal sealed record TakenBack(long Account, LastDone What);

/// <summary>Everything staff and owners were told is done. Entries come from many at once.</summary>
internal sealed class PlanLedger
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    /// <summary>What owners booked.</summary>
    public Ledger Bookings { get; } = new();

    public ConcurrentQueue<StaffAct> Acts { get; } = new();
    public ConcurrentQueue<PhoneCall> Calls { get; } = new();
    public ConcurrentQueue<OwnerAct> OwnerActs { get; } = new();
    /// <summary>Bookings whose owner got no mail in time.</summary>
    public ConcurrentQueue<string> Unlinked { get; } = new();

    public ConcurrentQueue<Block> Blocks { get; } = new();

    /// <summary>The reasons of blocked times that were freed, one for each row.</summary>
    public ConcurrentQueue<string> Freed { get; } = new();

    public ConcurrentQueue<TakenBack> TakenBack { get; } = new();

    /// <summary>Answers of 500 and above, and none at all.</summary>
    public ConcurrentQueue<string> Broken { get; } = new();

    /// <summary>Answers that are neither a yes nor a no of the kind the pages give.</summary>
    public ConcurrentQueue<string> Odd { get; } = new();

    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>Counts how an attempt ended, for the figures.</summary>
    public void Count(string act, Told told) => counts.AddOrUpdate($"{act} {told}", 1, (_, before) => before + 1);

    public int CountOf(Told told) => counts.Where(one => one.Key.EndsWith($" {told}", StringComparison.Ordinal)).Sum(one => one.Value);
}

/// <summary>What somebody was told.</summary>
internal enum Told
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>Somebody else has changed it meanwhile.</summary>
    Changed,

    /// <summary>It is not done yet: it goes against a rule or lies over something.</summary>
    Asked,

    /// <summary>It cannot be.</summary>
    Refused,

    /// <summary>There is no such thing any more.</summary>
    Gone,

    /// <summary>Something else, or nothing: never right.</summary>
    Broken,
}
