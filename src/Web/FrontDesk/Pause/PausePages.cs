using System.Globalization;
using NodaTime;
using VetBooking.Web.FrontDesk.Pause;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>Break mode: one click, and owners cannot book online for some hours. It ends by itself.</summary>
internal static class PausePages
{
    /// <summary>The pauses there is a button for, in hours.</summary>
    public static readonly IReadOnlyList<int> Hours = [1, 2, 4, 12];

    private const string TillTomorrow = "morgen";

    /// <summary><c>GET /praxis/pause</c></summary>
    public static IResult Show(Staff staff) => Page.Ok(PausePage.Create(new PauseModel(staff, new ReserveForm(staff, null))));

    /// <summary><c>POST /praxis/pause</c></summary>
    public static async Task<IResult> Begin(Staff staff, Writer writer)
    {
        var wanted = (await staff.Visitor.Form())["dauer"].ToString();
        var hours = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Hours.Contains(number) ? number : 0;
        if (hours == 0 && wanted != TillTomorrow) return Page.Again(PausePage.Create(new PauseModel(staff, new ReserveForm(staff, null)) { Problem = staff.T.DeskPauseHowLong }));
        await Set(staff, writer, change => hours > 0 ? change.Now + Duration.FromHours(hours) : change.Book.Practice.Zone.AtStartOfDay(change.Diary.DateOf(change.Now).PlusDays(1)).ToInstant());
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/pause"));
    }

    /// <summary><c>POST /praxis/pause/ende</c></summary>
    public static async Task<IResult> End(Staff staff, Writer writer)
    {
        await Set(staff, writer, _ => null);
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/pause"));
    }

    private static Task<bool> Set(Staff staff, Writer writer, Func<Change, Instant?> until) => writer.Write(change =>
    {
        var end = until(change);
        if (end is null && change.Book.Practice.PausedUntil is null) return false;
        change.Db.Execute("UPDATE practice SET paused_until = $until, revision = revision + 1", ("$until", end?.ToUnixTimeSeconds()));
        change.Reload();
        Audit.Add(change, staff.Actor, end is null ? "booking.resumed" : "booking.paused", "practice", 1);
        return true;
    });
}

/// <summary>The page on which online booking is stopped, and time is kept for urgent cases.</summary>
public sealed record PauseModel(Staff Staff, ReserveForm Form)
{
    /// <summary>Why what was just tried could not be done; null if it could.</summary>
    public string? Problem { get; init; }

    /// <summary>Until when online booking rests; null if it does not.</summary>
    public Instant? Until => Staff.Book.Practice.IsPaused(Staff.Now) ? Staff.Book.Practice.PausedUntil : null;

    /// <summary>A day of the week, Monday being 1.</summary>
    public string Weekday(int day) => Staff.T.DeskWeekday(day.ToString(CultureInfo.InvariantCulture));

    /// <summary>The times that are kept, with whose they are.</summary>
    public IReadOnlyList<ReserveRow> Reserves => Staff.Visitor.Http.RequestServices.GetRequiredService<Readers>().Read(ReserveRow.All);
}
