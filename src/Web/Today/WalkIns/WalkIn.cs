using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Flow;

namespace VetBooking.Web.Today.WalkIns;

/// <summary>Somebody who came without an appointment and was given a number.</summary>
public sealed record WalkIn(long Id, int Number, Urgency Urgency, string Name, string? Species, Arrival Arrival)
{
    public Visitee Visitee => Visitee.OfWalkIn(Id);

    /// <summary>Everybody who was given a number on a date.</summary>
    internal static List<WalkIn> On(Db db, LocalDate date) => db.Rows(
        $"""
        SELECT w.id, w.number, w.urgency, w.name, w.species_id, {Arrival.Columns}
        FROM walk_in w JOIN arrival r ON r.walk_in_id = w.id WHERE w.day = $day ORDER BY w.number
        """,
        row => new WalkIn(row.GetInt64(0), row.GetInt32(1), ReadUrgency(row.GetString(2)), row.GetString(3), row.Text(4), Arrival.From(row, 5)),
        ("$day", LocalDatePattern.Iso.Format(date)));

    /// <summary>An urgency as the database and the forms have it.</summary>
    public static string Word(Urgency urgency) => urgency switch { Urgency.Emergency => "emergency", Urgency.Soon => "soon", _ => "normal" };

    /// <summary>Reads what <see cref="Word"/> wrote; anything else is not urgent.</summary>
    public static Urgency ReadUrgency(string word) => word switch { "emergency" => Urgency.Emergency, "soon" => Urgency.Soon, _ => Urgency.Normal };
}

/// <summary>The open consultation as the practice plans it.</summary>
public sealed record WalkInHours(long Id, IsoDayOfWeek Day, LocalTime From, LocalTime To, int Capacity)
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Every week's, in order.</summary>
    internal static List<WalkInHours> All(Db db) => db.Rows(
        "SELECT id, weekday, starts, ends, capacity FROM walk_in_hours ORDER BY weekday, starts",
        row => new WalkInHours(row.GetInt64(0), (IsoDayOfWeek)row.GetInt32(1), Read(row.GetString(2))!.Value, Read(row.GetString(3))!.Value, row.GetInt32(4)));

    /// <summary>Those of a date, with the capacity of this very day and the numbers given; none on a day the practice is closed.</summary>
    internal static List<WalkInWindow> On(Db db, Practice practice, LocalDate date) => practice.ClosureOn(date) is not null ? [] : db.Rows(
        """
        SELECT h.id, h.starts, h.ends, coalesce(c.capacity, h.capacity),
          (SELECT count(*) FROM walk_in w JOIN arrival r ON r.walk_in_id = w.id WHERE w.walk_in_hours_id = h.id AND w.day = $day AND r.no_show_at IS NULL)
        FROM walk_in_hours h LEFT JOIN walk_in_capacity c ON c.walk_in_hours_id = h.id AND c.day = $day
        WHERE h.weekday = $weekday ORDER BY h.starts
        """,
        row => new WalkInWindow(row.GetInt64(0), Read(row.GetString(1))!.Value, Read(row.GetString(2))!.Value, row.GetInt32(3), row.GetInt32(4)),
        ("$day", LocalDatePattern.Iso.Format(date)), ("$weekday", (int)date.DayOfWeek));

    /// <summary>A time of day as forms send it; null if it is none.</summary>
    public static LocalTime? Read(string text) => Time.Parse(text) is { Success: true } time ? time.Value : null;

    /// <summary>A time of day as forms and the database have it.</summary>
    public static string Write(LocalTime time) => Time.Format(time);

    /// <summary>A number between 1, or less, and the most there may be; null if it is none.</summary>
    public static int? ReadCapacity(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var capacity) && capacity >= least && capacity <= Most ? capacity : null;

    /// <summary>The most numbers a window can have.</summary>
    public const int Most = 200;
}
