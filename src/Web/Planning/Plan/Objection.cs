using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Planning;

/// <summary>
/// What staff are told when something they plan cannot simply be done, and how they may have it all the same. It is a form
/// of its own, on a page or in a dialogue, that sends once more what they sent.
/// </summary>
public sealed record Objection(Staff Staff, PlanOutcome Outcome, string Action)
{
    /// <summary>Where it leads to leave things as they are.</summary>
    public string Leave { get; init; } = "";

    /// <summary>What was sent, as far as it must be sent again.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Sent { get; init; } = [];

    public Text T => Staff.T;

    /// <summary>Whether it may be sent again at all.</summary>
    public bool CanGoOn => Outcome is PlanOutcome.Asks or PlanOutcome.Changed;

    /// <summary>Whether it lies over something else, and a reason is wanted.</summary>
    public bool WantsReason => Outcome is PlanOutcome.Asks { InTheWay.IsEmpty: false };

    /// <summary>What speaks against it, in words.</summary>
    public IEnumerable<string> Reasons
    {
        get
        {
            var (book, zone) = (Staff.Book, Staff.Book.Practice.Zone);
            return Outcome switch
            {
                PlanOutcome.Asks asks => asks.InTheWay.Select(one => one.Appointment is null
                        ? T.DiaryInTheWayBlocked(book.Profile.NameOf(one.Resource), Clock(one.From, zone), Clock(one.To, zone), one.Words)
                        : T.DiaryInTheWay(book.Profile.NameOf(one.Resource), Clock(one.From, zone), Clock(one.To, zone), one.Words))
                    .Concat(asks.Against.Select(rule => Rule(T, rule, book))),
                PlanOutcome.Impossible impossible => [Rule(T, impossible.Because, book)],
                PlanOutcome.Changed { Now: var now } => [T.DiaryChangedMeanwhile(WallTime.Of(now.Start, zone).WithoutYear(T), now.Minutes, book.Profile.NameOf(now.Vet), T.DiaryState(Appointment.Word(now.State)))],
                _ => [T.DiaryGone],
            };
        }
    }

    /// <summary>What must be sent along to have it all the same, besides a reason.</summary>
    public IEnumerable<KeyValuePair<string, string>> Hidden => Sent
        .Where(one => one.Key is not ("trotzdem" or "einschieben" or "revision" or Staff.FormTokenField))
        .Append(KeyValuePair.Create("revision", (Outcome is PlanOutcome.Changed changed ? changed.Now.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) : Of("revision"))));

    /// <summary>What was typed as a reason before.</summary>
    public string Reason => Of("einschieben");

    /// <summary>A rule as staff are told it.</summary>
    public static string Rule(Text t, Refusal rule, Book book) => rule switch
    {
        Refusal.Absent or Refusal.NeedUnmet or Refusal.Closed { Because: not null } => Wording.Of(t, rule, book),
        Refusal.VetNotSuitable vet => t.DiaryRuleUnsuitable(book.Profile.NameOf(vet.Vet)),
        Refusal.DayFull full => t.DiaryRuleDayFull(full.Cap),
        Refusal.TooFar far => t.RefusalTooFar(far.Last),
        _ => t.DiaryRule(Problems.Cause(rule)),
    };

    private string Of(string field) => Sent.FirstOrDefault(one => one.Key == field).Value ?? "";

    private static string Clock(Instant instant, DateTimeZone zone) => instant.InZone(zone).TimeOfDay.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
