using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;

namespace VetBooking.Web.Storage;

/// <summary>Reads from the database what the rules must know of the practice.</summary>
internal static class PracticeFacts
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>The practice's random name among practices, which its backups and its journal of erasures bear.</summary>
    public static string Identity(Db db) => db.Row("SELECT practice FROM identity", row => row.GetString(0))!;

    public static Practice Load(Db db)
    {
        var (zone, land, paused) = db.Row("SELECT zone, land, paused_until FROM practice", row => (row.GetString(0), row.Text(1), row.Number(2)));
        return new Practice
        {
            Zone = DateTimeZoneProviders.Tzdb[zone],
            Opening = [.. db.Rows("SELECT weekday, opens, closes, 'every', valid_from, valid_to FROM opening_hours ORDER BY weekday, opens", Hours)],
            Closures = [.. db.Rows("SELECT first_day, last_day, reason, substitute FROM closure ORDER BY first_day", row =>
                new Closure(Date(row.GetString(0)), Date(row.GetString(1))) { Reason = row.Text(2), Substitute = row.Text(3) })],
            Holidays = land is null ? null : new HolidayRegion(Enum.Parse<Land>(land)) { Regional = RegionalHolidays(db) },
            Resources = Resources(db),
            VisitTypes = VisitTypes(db),
            PausedUntil = paused is { } until ? Instant.FromUnixTimeSeconds(until) : null,
        };
    }

    private static ImmutableArray<Holiday> RegionalHolidays(Db db) =>
        [.. db.Rows("SELECT holiday FROM regional_holiday", row => Enum.Parse<Holiday>(row.GetString(0)))];

    private static ImmutableArray<Resource> Resources(Db db)
    {
        var skills = db.Rows("SELECT resource_id, skill FROM skill", row => (Id: row.GetString(0), Skill: row.GetString(1))).ToLookup(row => row.Id, row => row.Skill);
        var shifts = db.Rows(
            "SELECT weekday, starts, ends, rhythm, valid_from, valid_to, resource_id FROM shift ORDER BY weekday, starts",
            row => (Id: row.GetString(6), Hours: Hours(row))).ToLookup(row => row.Id, row => row.Hours);
        var absences = db.Rows(
            "SELECT resource_id, starts_local, ends_local FROM absence",
            row => (Id: row.GetString(0), Absence: new Absence(Wall.Parse(row.GetString(1)).Value, Wall.Parse(row.GetString(2)).Value)))
            .ToLookup(row => row.Id, row => row.Absence);
        var elsewhere = db.Rows(
            "SELECT c.resource_id, b.starts_at, b.ends_at FROM busy_time b JOIN busy_calendar c ON c.id = b.calendar_id ORDER BY b.starts_at",
            row => (Id: row.GetString(0), Range: new CellRange((int)(row.GetInt64(1) / Cells.Seconds), (int)((row.GetInt64(2) + Cells.Seconds - 1) / Cells.Seconds))))
            .ToLookup(row => row.Id, row => row.Range);
        var reserves = db.Rows(
            "SELECT weekday, starts, ends, 'every', NULL, NULL, resource_id, opens FROM reserve ORDER BY weekday, starts",
            row => (Id: row.GetString(6), Reserve: new Reserve(Hours(row), Time.Parse(row.GetString(7)).Value))).ToLookup(row => row.Id, row => row.Reserve);
        return [.. db.Rows("SELECT id, kind FROM resource WHERE active ORDER BY position, id", row => (Id: row.GetString(0), Kind: row.GetString(1)))
            .Select(row => new Resource(row.Id, Kind(row.Kind))
            {
                Skills = [.. skills[row.Id]],
                Shifts = [.. shifts[row.Id]],
                Absences = [.. absences[row.Id]],
                Elsewhere = [.. elsewhere[row.Id]],
                Reserves = [.. reserves[row.Id]],
            })];
    }

    private static ImmutableArray<VisitType> VisitTypes(Db db)
    {
        var minutes = db.Rows("SELECT visit_type_id, species_id, minutes FROM visit_type_species JOIN species ON species.id = species_id WHERE treated", row => (Id: row.GetString(0), Species: row.GetString(1), Minutes: row.GetInt32(2)))
            .ToLookup(row => row.Id);
        var windows = db.Rows(
            "SELECT weekday, starts, ends, 'every', NULL, NULL, visit_type_id FROM visit_type_window",
            row => (Id: row.GetString(6), Hours: Hours(row))).ToLookup(row => row.Id, row => row.Hours);
        var options = db.Rows("SELECT visit_type_id, position, resource_id FROM need_option", row => (Need: (row.GetString(0), row.GetInt32(1)), Resource: row.GetString(2)))
            .ToLookup(row => row.Need, row => row.Resource);
        var needs = db.Rows(
            "SELECT visit_type_id, position, kind, skill FROM need ORDER BY visit_type_id, position",
            row => (Id: row.GetString(0), Need: new Need(Kind(row.GetString(2)), [.. options[(row.GetString(0), row.GetInt32(1))]]) { Skill = row.Text(3) }))
            .ToLookup(row => row.Id, row => row.Need);
        return [.. db.Rows(
            // With the rule on no-shows nothing is booked for certain before the address is proved.
            """
            SELECT id, audience, CASE WHEN mode = 'at-once' AND (SELECT no_show_limit FROM practice) IS NOT NULL THEN 'confirm' ELSE mode END, further_minutes, buffer_before, buffer_after, travel, buffers_exceed_hours,
                   lead_minutes, horizon_days, grid_minutes, daily_cap, cancel_hours, request_hours
            FROM visit_type WHERE active ORDER BY position, id
            """,
            row => new VisitType(row.GetString(0))
            {
                Audience = row.GetString(1) switch { "known" => Audience.KnownOwners, "staff" => Audience.StaffOnly, _ => Audience.Anyone },
                Mode = row.GetString(2) switch { "at-once" => BookingMode.AtOnce, "request" => BookingMode.OnRequest, _ => BookingMode.AfterConfirmation },
                MinutesPerFurtherAnimal = row.GetInt32(3),
                BufferBefore = row.GetInt32(4),
                BufferAfter = row.GetInt32(5),
                Travel = row.GetInt32(6),
                BuffersMayExceedHours = row.GetBoolean(7),
                Lead = Duration.FromMinutes(row.GetInt64(8)),
                HorizonDays = row.GetInt32(9),
                GridMinutes = row.GetInt32(10),
                DailyCap = (int?)row.Number(11),
                CancelDeadline = Duration.FromHours(row.GetInt32(12)),
                RequestLife = Duration.FromHours(row.GetInt32(13)),
                MinutesBySpecies = minutes[row.GetString(0)].ToImmutableDictionary(one => one.Species, one => one.Minutes),
                Windows = [.. windows[row.GetString(0)]],
                Needs = [.. needs[row.GetString(0)]],
            })];
    }

    private static WeeklyHours Hours(SqliteDataReader row) =>
        new((IsoDayOfWeek)row.GetInt32(0), Time.Parse(row.GetString(1)).Value, Time.Parse(row.GetString(2)).Value)
        {
            Rhythm = row.GetString(3) switch { "even" => WeekRhythm.EvenWeeks, "odd" => WeekRhythm.OddWeeks, _ => WeekRhythm.EveryWeek },
            ValidFrom = row.Text(4) is { } from ? Date(from) : null,
            ValidTo = row.Text(5) is { } to ? Date(to) : null,
        };

    private static ResourceKind Kind(string kind) => kind switch { "room" => ResourceKind.Room, "device" => ResourceKind.Device, _ => ResourceKind.Person };

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
