using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Busy;

/// <summary>A calendar of somebody's that tells when they are busy elsewhere. It is only ever read.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">Whose time it is.</param>
/// <param name="Name">What the practice calls it.</param>
/// <param name="Problem">What went wrong the last time, as a word; null if nothing.</param>
/// <param name="Fetched">When it was last read; null if never.</param>
/// <param name="Times">How many busy stretches it holds.</param>
public sealed record BusyCalendar(long Id, string Resource, string Name, string? Problem, Instant? Fetched, int Times)
{
    /// <summary>All of them.</summary>
    public static List<BusyCalendar> All(Db db) => db.Rows(
        "SELECT id, resource_id, name, problem, fetched_at, (SELECT count(*) FROM busy_time WHERE calendar_id = c.id) FROM busy_calendar c ORDER BY resource_id, id",
        row => new BusyCalendar(row.GetInt64(0), row.GetString(1), row.GetString(2), row.Text(3), row.Number(4) is { } at ? Instant.FromUnixTimeSeconds(at) : null, row.GetInt32(5)));

    /// <summary>Adds one. Its address is sealed: whoever knows it can read the calendar.</summary>
    internal static long Add(Change change, Staff staff, (string Resource, string Name, byte[] Sealed) calendar)
    {
        var id = change.Db.Insert(
            "INSERT INTO busy_calendar (resource_id, name, address, created_at) VALUES ($resource, $name, $address, $now)",
            ("$resource", calendar.Resource), ("$name", calendar.Name), ("$address", calendar.Sealed), ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, staff.Actor, "busy-calendar.made", "busy_calendar", id);
        return id;
    }

    /// <summary>Notes what came of an attempt. Old times stay if there are no new ones; appointments are never touched.</summary>
    internal static void Settle(Change change, long id, IReadOnlyList<Interval>? busy, BusyProblem? problem)
    {
        var now = change.Now.ToUnixTimeSeconds();
        if (change.Db.Execute(
            "UPDATE busy_calendar SET tried_at = $now, fetched_at = iif($new, $now, fetched_at), problem = $problem WHERE id = $id",
            ("$now", now), ("$new", busy is null ? 0L : 1L), ("$problem", problem?.ToString()), ("$id", id)) == 0 || busy is null) return;
        var times = busy.Select(one => (From: one.Start.ToUnixTimeSeconds(), To: one.End.ToUnixTimeSeconds())).ToList();
        var before = change.Db.Rows("SELECT starts_at, ends_at FROM busy_time WHERE calendar_id = $id ORDER BY starts_at", row => (row.GetInt64(0), row.GetInt64(1)), ("$id", id));
        // The first stretch is cut off where the window begins, and so ever another one.
        if (before.SequenceEqual(times)) return;
        change.Db.Execute("DELETE FROM busy_time WHERE calendar_id = $id", ("$id", id));
        foreach (var (from, to) in times) change.Db.Execute("INSERT INTO busy_time (calendar_id, starts_at, ends_at) VALUES ($id, $from, $to)", ("$id", id), ("$from", from), ("$to", to));
        change.Db.Execute("UPDATE practice SET revision = revision + 1");
        change.Reload();
    }

    /// <summary>What seals the addresses.</summary>
    internal static IDataProtector Seal(IDataProtectionProvider protection) => protection.CreateProtector("busy-calendar");
}
