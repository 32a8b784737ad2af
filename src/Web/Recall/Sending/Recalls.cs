using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Recall.Sending;

/// <summary>
/// Tells owners who want it what falls due, once for each date and once more. Nothing is planned ahead: what is ripe follows
/// from the dates, and all of a household goes into one mail. It is looked once a day at the most, and only while there is
/// something to come; the database itself notes when something changes (recall_look).
/// </summary>
internal static class Recalls
{
    /// <summary>When by the practice's clock a mail is due on its day.</summary>
    private static readonly LocalTime Morning = new(9, 0);

    /// <summary>For so many days after a death nobody of the household is reminded of anything.</summary>
    public const int MourningDays = 14;

    /// <summary>So many households in one change: bookings wait for no more than that.</summary>
    private const int MostAtOnce = 50;

    /// <summary>Whether the practice reminds anybody: one confirmed rule is enough.</summary>
    public static bool AreOn(Db db) => db.Number("SELECT EXISTS (SELECT 1 FROM recall_rule WHERE active AND confirmed_at IS NOT NULL)") == 1;

    /// <summary>When it is to be looked next; null if nothing is to come.</summary>
    public static Instant? NextDue(Db db) =>
        db.Row("SELECT recall_look FROM practice", row => row.Number(0)) is { } look ? Instant.FromUnixTimeSeconds(look) : null;

    /// <summary>Puts what is ripe into the outbox.</summary>
    public static void Settle(Change change)
    {
        if (NextDue(change.Db) is not { } look || look > change.Now) return;
        var at = QuietHours.Of(change).FirstMoment(change.Now);
        var today = change.Now.InZone(change.Book.Practice.Zone).Date;
        var households = DueItem.All(change).GroupBy(item => item.Owner).ToList();
        var ripe = households.Where(household => household.Any(item => IsRipe(change, item, today))).Take(MostAtOnce + 1).ToList();
        foreach (var household in ripe.Take(MostAtOnce)) Tell(change, household.Key, [.. household.Where(item => item.RipeOn(today) is not null || item.GoesAlong(today))], at);
        var next = ripe.Count > MostAtOnce ? Instant.FromUnixTimeSeconds(0) : NextLook(change, today);
        change.Db.Execute("UPDATE practice SET recall_look = $look", ("$look", next?.ToUnixTimeSeconds()));
    }

    /// <summary>Whether it may be said now, as the database has it at this moment.</summary>
    public static bool IsWelcome(Change change, DueItem item) => !item.IsBooked(change) && !IsInMourning(change, item.Owner);

    /// <summary>Looks again tomorrow at the latest: something was not said after all.</summary>
    public static void LookTomorrow(Change change) => change.Db.Execute("UPDATE practice SET recall_look = min(ifnull(recall_look, $at), $at)",
        ("$at", At(change, change.Now.InZone(change.Book.Practice.Zone).Date.PlusDays(1)).ToUnixTimeSeconds()));

    // On its first day it waits for the morning.
    private static bool IsRipe(Change change, DueItem item, LocalDate today) =>
        item.RipeOn(today) is not null && At(change, item.Next!.Value.From) <= change.Now && IsWelcome(change, item);

    private static void Tell(Change change, long owner, IReadOnlyList<DueItem> items, Instant at)
    {
        Outbox.ToOwner(change, owner, MailKind.Recall, due: at);
        var mail = change.Db.Number("SELECT max(id) FROM outbox");
        foreach (var item in items.Where(item => IsWelcome(change, item)))
        {
            change.Db.Execute(
                "INSERT INTO recall_told (animal_id, rule_id, due_on, stage, told_at, outbox_id) VALUES ($animal, $rule, $due, $stage, $at, $mail)",
                ("$animal", item.Animal), ("$rule", item.Rule), ("$due", LocalDatePattern.Iso.Format(item.Due)), ("$stage", item.Told is null ? 1L : 2L),
                ("$at", at.ToUnixTimeSeconds()), ("$mail", mail));
        }
    }

    // What is ripe and still not said is kept back for a reason that may pass: that is looked at again tomorrow.
    private static Instant? NextLook(Change change, LocalDate today)
    {
        var days = DueItem.All(change)
            .Where(item => item.Next is not null && today <= item.Due.PlusDays(DueItem.MostDaysLate))
            .Select(item => item.Next!.Value.From)
            .Select(from => At(change, from) > change.Now ? from : today.PlusDays(1)).ToList();
        return days.Count == 0 ? null : At(change, days.Min());
    }

    private static Instant At(Change change, LocalDate day) => (day + Morning).InZoneLeniently(change.Book.Practice.Zone).ToInstant();

    private static bool IsInMourning(Change change, long owner) => change.Db.Number(
        """
        SELECT EXISTS (SELECT 1 FROM animal WHERE departed = 'died' AND departed_on > $since
          AND (owner_id = $owner OR id IN (SELECT animal_id FROM co_owner WHERE owner_id = $owner)))
        """,
        ("$owner", owner), ("$since", LocalDatePattern.Iso.Format(change.Now.InZone(change.Book.Practice.Zone).Date.PlusDays(-MourningDays)))) == 1;
}
