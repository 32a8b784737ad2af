using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Machines.Tokens;

/// <summary>A day's appointments, for the practice's own programs.</summary>
internal static class DayApi
{
    /// <summary><c>GET /api/v1/staff/day</c></summary>
    public static IResult Show(HttpContext http, Writer writer, Readers readers, IClock clock)
    {
        var book = writer.Current;
        var (date, fields) = (book.Diary.DateOf(clock.GetCurrentInstant()), new Fields());
        if (http.Request.Query["date"].ToString() is { Length: > 0 } typed)
        {
            if (LocalDatePattern.Iso.Parse(typed) is { Success: true, Value: { Year: > 1970 and < 3000 } asked }) date = asked;
            else fields.Wrong("date", Problem.NotADate);
        }
        if (fields.Problems.Count > 0) return Problems.Invalid(fields.Problems, PageLanguage.TextOf(http, book.Profile));
        return Results.Json(new StaffDayBody(LocalDatePattern.Iso.Format(date), book.Practice.Zone.Id, readers.Read(db => On(db, book.Practice, date))), StaffJson.Answers.StaffDayBody);
    }

    private static List<StaffAppointmentBody> On(Db db, Practice practice, LocalDate date)
    {
        var zone = practice.Zone;
        var (from, to) = (zone.AtStartOfDay(date).ToInstant().ToUnixTimeSeconds(), zone.AtStartOfDay(date.PlusDays(1)).ToInstant().ToUnixTimeSeconds());
        var animals = db.Rows(
            """
            SELECT n.appointment_id, n.name, n.species_id FROM appointment a JOIN appointment_animal n ON n.appointment_id = a.id
            WHERE a.starts_at >= $from AND a.starts_at < $to ORDER BY n.appointment_id, n.position
            """,
            row => (Id: row.GetInt64(0), Animal: new StaffAnimalBody(row.GetString(1), row.GetString(2))), ("$from", from), ("$to", to)).ToLookup(one => one.Id, one => one.Animal);
        var places = db.Rows(
            """
            SELECT a.id, r.kind, r.id FROM appointment a
            JOIN (SELECT appointment_id, resource_id FROM occupancy UNION SELECT appointment_id, resource_id FROM squeeze) t ON t.appointment_id = a.id
            JOIN resource r ON r.id = t.resource_id
            WHERE a.starts_at >= $from AND a.starts_at < $to ORDER BY r.position, r.id
            """,
            row => (Id: row.GetInt64(0), Kind: row.GetString(1), Resource: row.GetString(2)), ("$from", from), ("$to", to)).ToLookup(one => (one.Id, one.Kind), one => one.Resource);
        return db.Rows(
            """
            SELECT id, number, state, starts_at, minutes, visit_type_id, vet, name FROM appointment
            WHERE starts_at >= $from AND starts_at < $to AND state IN ('held', 'requested', 'booked') ORDER BY starts_at, id
            """,
            row => new StaffAppointmentBody(row.GetString(1), row.GetString(2), ApiTime.Write(Instant.FromUnixTimeSeconds(row.GetInt64(3)), zone), row.GetInt32(4), row.GetString(5))
            {
                Vet = row.Text(6),
                Rooms = [.. places[(row.GetInt64(0), "room")]],
                Devices = [.. places[(row.GetInt64(0), "device")]],
                Owner = row.GetString(7),
                Animals = [.. animals[row.GetInt64(0)]],
            },
            ("$from", from), ("$to", to));
    }
}
