using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Tests.Running;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Planning;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Planning;

/// <summary>Staff who plan in a running practice.</summary>
internal static class PlanPractice
{
    /// <summary>A wall time of the practice's.</summary>
    public static Instant At(this RunningPractice practice, int daysAhead, int hour, int minute = 0)
    {
        var zone = practice.Writer.Current.Practice.Zone;
        return (practice.Clock.GetCurrentInstant().InZone(zone).Date.PlusDays(daysAhead) + new LocalTime(hour, minute)).InZoneLeniently(zone).ToInstant();
    }

    /// <summary>Does something as whoever sits at this desk.</summary>
    public static async Task<T> As<T>(this RunningPractice practice, Desk desk, Func<Change, Staff, T> act)
    {
        var visitor = Visitor.Of(new DefaultHttpContext { RequestServices = practice.Services });
        var session = Sessions.Open(practice.Db, desk.Token, practice.Clock.GetCurrentInstant())!;
        var staff = new Staff(visitor, session, Sessions.FormToken(desk.Token));
        var answer = await practice.Writer.Write(change => act(change, staff));
        practice.Services.GetRequiredService<MailSignal>().Ring();
        return answer;
    }

    public static NewAppointment Wish(Instant start, params string[] chosen) =>
        new(new Placement("impfung", ["dog"], start) { Chosen = [.. chosen] }, [new VisitingAnimal("Bello", "dog", null, "")])
        {
            Name = "Kim Beispiel",
            Email = EmailAddress.Read("kim@example.com").Address,
        };

    public static async Task<long> Make(this RunningPractice practice, Desk desk, Instant start, params string[] chosen) =>
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, Wish(start, chosen)))).Id;

    /// <summary>A column of an appointment as text.</summary>
    public static string? Appointment(this RunningPractice practice, long id, string column) =>
        practice.Db.Row($"SELECT CAST({column} AS TEXT) FROM appointment WHERE id = $id", row => row.IsDBNull(0) ? null : row.GetString(0), ("$id", id));

    /// <summary>Who and what an appointment has, under the guard and beside it.</summary>
    public static ImmutableArray<string> Has(this RunningPractice practice, long id, string table = "occupancy") =>
        [.. practice.Db.Rows($"SELECT resource_id FROM {table} WHERE appointment_id = $id ORDER BY resource_id", row => row.GetString(0), ("$id", id))];

    /// <summary>The kinds of mail about an appointment, in order, with what became of them.</summary>
    public static string Mails(this RunningPractice practice, long id) =>
        string.Join(' ', practice.Db.Rows("SELECT kind FROM outbox WHERE appointment_id = $id AND state <> 'void' ORDER BY id", row => row.GetString(0), ("$id", id)));
}
