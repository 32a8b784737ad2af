using System.Collections.Immutable;
using VetBooking.Scheduling;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.WaitingList;

namespace VetBooking.Web.Planning;

/// <summary>A time staff want to keep free of visits, for one or several resources at once.</summary>
public sealed record BlockWish(ImmutableArray<string> Resources, CellRange Range, string Reason);

/// <summary>Times that staff keep free of visits: a meeting, cleaning, an errand. Breaks that come every week are shifts' business.</summary>
public static class BlockedTimes
{
    /// <summary>Blocks a time for all the resources or, if one of them has something else then, for none.</summary>
    public static PlanOutcome Block(Change change, Staff staff, BlockWish wish)
    {
        Booking.Holds.Release(change);
        var known = change.Book.Practice.Resources.Select(one => one.Id).ToHashSet();
        if (wish.Resources.IsEmpty || !wish.Resources.All(known.Contains)) return new PlanOutcome.Gone();
        if (wish.Range.Length is < 1 or > 14 * 24 * 60 / Cells.Minutes) return new PlanOutcome.Impossible(new Refusal.OffGrid(Cells.Minutes));
        var stretches = wish.Resources.Distinct().Select(one => new Occupancy(one, wish.Range)).ToList();
        if (Squeezes.InTheWay(change.Db, stretches) is { IsEmpty: false } inTheWay) return new PlanOutcome.Asks([], inTheWay);
        ImmutableArray<BlockRow> rows =
            [.. stretches.Select(one => new BlockRow(0, new Stretch(one.Resource, (long)one.Range.From * Cells.Seconds, (long)one.Range.To * Cells.Seconds), wish.Reason))];
        rows = Add(change, rows, staff.Account.Id);
        foreach (var row in rows) Audit.Add(change, staff.Actor, "time.blocked", "blocked-time", row.Id);
        LastAct.Remember(change, Planner.Of(staff), new Act("blocked", rows[0].Id, 0, null) { Blocked = rows });
        return new PlanOutcome.Done(rows[0].Id);
    }

    /// <summary>Frees a blocked time.</summary>
    public static PlanOutcome Free(Change change, Staff staff, long id)
    {
        if (Load(change.Db, id) is not { } row) return new PlanOutcome.Gone();
        if (KeptTimes.ReleaseFor(change, staff.Actor, id)) return new PlanOutcome.Done(id);
        Remove(change, [row]);
        Audit.Add(change, staff.Actor, "time.freed", "blocked-time", id);
        LastAct.Remember(change, Planner.Of(staff), new Act("unblocked", id, 0, null) { Blocked = [row] });
        return new PlanOutcome.Done(id);
    }

    internal static BlockRow? Load(Db db, long id) => db.Row(
        "SELECT resource_id, starts_at, ends_at, reason FROM blocked_time WHERE id = $id",
        row => new BlockRow(id, new Stretch(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), row.GetString(3)), ("$id", id));

    internal static ImmutableArray<BlockRow> Add(Change change, IEnumerable<BlockRow> rows, long? account)
    {
        var added = ImmutableArray.CreateBuilder<BlockRow>();
        foreach (var row in rows)
        {
            added.Add(row with
            {
                Id = change.Db.Insert(
                    "INSERT INTO blocked_time (resource_id, starts_at, ends_at, reason, account_id, made_at) VALUES ($resource, $from, $to, $reason, $account, $now)",
                    ("$resource", row.Stretch.Resource), ("$from", row.Stretch.From), ("$to", row.Stretch.To), ("$reason", row.Reason),
                    ("$account", account), ("$now", change.Now.ToUnixTimeSeconds())),
            });
            change.Diary = change.Diary.With(row.Stretch.Occupancy);
            Touch(change, row);
        }
        return added.ToImmutable();
    }

    internal static void Remove(Change change, IEnumerable<BlockRow> rows)
    {
        foreach (var row in rows)
        {
            change.Db.Execute("DELETE FROM blocked_time WHERE id = $id", ("$id", row.Id));
            change.Diary = change.Diary.Without(row.Stretch.Occupancy);
            Touch(change, row);
        }
    }

    private static void Touch(Change change, BlockRow row)
    {
        var range = row.Stretch.Occupancy.Range;
        for (var cell = range.From; cell < range.To; cell += 24 * 60 / Cells.Minutes) change.Touch(Cells.Start(cell));
        change.Touch(Cells.Start(range.To - 1));
    }
}
