using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Storage;

/// <summary>The practice as it stands in memory: the diary the rules work on, and the words people read.</summary>
public sealed record Book(Diary Diary, Profile Profile)
{
    /// <summary>How many days ahead the API answers at the most; the diary covers at least as many.</summary>
    public const int MostDays = 62;

    /// <summary>How many days ahead staff can plan at least: a series may go on for half a year.</summary>
    public const int StaffDays = 190;

    /// <summary>The rules' side of the practice.</summary>
    public Practice Practice => Diary.Practice;

    /// <summary>Reads the practice's facts and everything that is taken from yesterday on; nothing older is looked at.</summary>
    public static Book Load(Db db, Instant now)
    {
        var practice = PracticeFacts.Load(db);
        var today = now.InZone(practice.Zone).Date;
        var ahead = practice.VisitTypes.Select(type => type.HorizonDays).Append(MostDays).Append(StaffDays).Max();
        var days = new DateInterval(today.PlusDays(-1), today.PlusDays(ahead + 1));
        var from = practice.Zone.AtStartOfDay(days.Start).ToInstant();
        return new Book(Diary.For(practice, days, Visits(db, from), Blocked(db, from)), Profile.Load(db));
    }

    /// <summary>Whether the diary still begins yesterday or today.</summary>
    public bool Covers(Instant now) => Diary.DateOf(now) is var today && (today == Diary.Days.Start || today == Diary.Days.Start.PlusDays(1));

    private static IEnumerable<Visit> Visits(Db db, Instant from)
    {
        var rows = db.Rows(
            """
            SELECT a.id, a.visit_type_id, a.starts_at, a.minutes, o.resource_id, o.starts_at, o.ends_at
            FROM (SELECT appointment_id, resource_id, starts_at, ends_at FROM occupancy WHERE ends_at > $from
                  UNION ALL SELECT appointment_id, resource_id, starts_at, ends_at FROM squeeze WHERE ends_at > $from) o
            JOIN appointment a ON a.id = o.appointment_id
            ORDER BY a.id
            """,
            row => (Id: row.GetInt64(0), Type: row.GetString(1), Start: row.GetInt64(2), Minutes: row.GetInt32(3),
                Taken: OccupancyOf(row.GetString(4), row.GetInt64(5), row.GetInt64(6))),
            ("$from", from.ToUnixTimeSeconds()));
        for (var i = 0; i < rows.Count;)
        {
            var first = rows[i];
            var taken = ImmutableArray.CreateBuilder<Occupancy>();
            for (; i < rows.Count && rows[i].Id == first.Id; i++) taken.Add(rows[i].Taken);
            yield return new Visit(first.Type, Instant.FromUnixTimeSeconds(first.Start), first.Minutes, taken.ToImmutable());
        }
    }

    private static List<Occupancy> Blocked(Db db, Instant from) => db.Rows(
        "SELECT resource_id, starts_at, ends_at FROM blocked_time WHERE ends_at > $from",
        row => OccupancyOf(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
        ("$from", from.ToUnixTimeSeconds()));

    /// <summary>A row of the table occupancy as the rules see it.</summary>
    internal static Occupancy OccupancyOf(string resource, long startsAt, long endsAt) =>
        new(resource, new CellRange((int)(startsAt / Cells.Seconds), (int)(endsAt / Cells.Seconds)));
}
