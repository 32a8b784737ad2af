using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Flow;

namespace VetBooking.Web.Today.WalkIns;

/// <summary>Whom to give a number.</summary>
/// <param name="Window">Of which of today's windows; null for the first that still gives any.</param>
/// <param name="Name">Whoever came.</param>
/// <param name="Owner">The owner they are, if the practice knows them.</param>
/// <param name="Species">What animal it is, if somebody asked.</param>
/// <param name="Urgency">How urgent it looks.</param>
/// <param name="Key">The form's own key: sent twice, it gives one number.</param>
public sealed record NumberWish(long? Window, string Name, long? Owner, string? Species, Urgency Urgency, string Key);

/// <summary>The number that was given, or why none was.</summary>
public readonly record struct NumberOutcome(long? Id, NumberRefusal? Refusal);

/// <summary>Gives numbers, and plans when there are any.</summary>
public sealed class WalkIns(Writer writer)
{
    /// <summary>Gives the next number of the day.</summary>
    public Task<NumberOutcome> Give(Staff staff, NumberWish wish) => writer.Write(change =>
    {
        if (change.Db.Number("SELECT id FROM walk_in WHERE form_key = $key", ("$key", wish.Key)) is var before and not 0) return new NumberOutcome(before, null);
        var now = change.Now.InZone(change.Book.Practice.Zone).LocalDateTime;
        var window = Choose(WalkInHours.On(change.Db, change.Book.Practice, now.Date), wish.Window, now.TimeOfDay);
        if (OpenConsultation.WhyNoNumber(window, now.TimeOfDay) is { } refusal) return new NumberOutcome(null, refusal);
        var id = change.Db.Insert(
            """
            INSERT INTO walk_in (walk_in_hours_id, day, number, urgency, owner_id, name, species_id, form_key)
            VALUES ($window, $day, (SELECT coalesce(max(number), 0) + 1 FROM walk_in WHERE day = $day), $urgency, (SELECT id FROM owner WHERE id = $owner), $name, $species, $key)
            """,
            ("$window", window!.Id), ("$day", LocalDatePattern.Iso.Format(now.Date)), ("$urgency", WalkIn.Word(wish.Urgency)),
            ("$owner", wish.Owner), ("$name", wish.Name), ("$species", wish.Species), ("$key", wish.Key));
        Arrivals.Save(change, Visitee.OfWalkIn(id), Step.Arrived, staff.Account.Id);
        Audit.Add(change, staff.Actor, "number.given", "walk_in", id);
        return new NumberOutcome(id, null);
    });

    /// <summary>Says how many can be seen on this one day; false if there is no such window.</summary>
    public Task<bool> Limit(Staff staff, long window, LocalDate day, int capacity) => writer.Write(change =>
    {
        if (WalkInHours.On(change.Db, change.Book.Practice, day).TrueForAll(one => one.Id != window)) return false;
        change.Db.Execute(
            "INSERT INTO walk_in_capacity (walk_in_hours_id, day, capacity) VALUES ($window, $day, $capacity) ON CONFLICT DO UPDATE SET capacity = $capacity",
            ("$window", window), ("$day", LocalDatePattern.Iso.Format(day)), ("$capacity", capacity));
        change.Touch(change.Now);
        Audit.Add(change, staff.Actor, "capacity.changed", "walk_in_hours", window);
        return true;
    });

    /// <summary>Plans a window of every week; false if another one is there at that time.</summary>
    public Task<bool> Plan(Staff staff, WalkInHours hours) => writer.Write(change =>
    {
        var (weekday, starts, ends) = ((int)hours.Day, WalkInHours.Write(hours.From), WalkInHours.Write(hours.To));
        var others = change.Db.Number("SELECT count(*) FROM walk_in_hours WHERE weekday = $day AND starts < $ends AND ends > $starts", ("$day", weekday), ("$ends", ends), ("$starts", starts));
        if (others > 0) return false;
        var id = change.Db.Insert(
            "INSERT INTO walk_in_hours (weekday, starts, ends, capacity) VALUES ($day, $starts, $ends, $capacity)",
            ("$day", weekday), ("$starts", starts), ("$ends", ends), ("$capacity", hours.Capacity));
        change.Touch(change.Now);
        Audit.Add(change, staff.Actor, "walk-in-hours.planned", "walk_in_hours", id);
        return true;
    });

    /// <summary>Takes a window off the plan. Whoever has a number of today keeps it.</summary>
    public Task<bool> Drop(Staff staff, long window) => writer.Write(change =>
    {
        if (change.Db.Execute("DELETE FROM walk_in_hours WHERE id = $id", ("$id", window)) == 0) return false;
        change.Touch(change.Now);
        Audit.Add(change, staff.Actor, "walk-in-hours.dropped", "walk_in_hours", window);
        return true;
    });

    /// <summary>The window asked for, or else the first that can still be had, or else the last of the day.</summary>
    private static WalkInWindow? Choose(List<WalkInWindow> today, long? wanted, LocalTime now) => wanted is { } id
        ? today.Find(window => window.Id == id)
        : today.Find(window => OpenConsultation.WhyNoNumber(window, now) is null) ?? today.LastOrDefault();
}
