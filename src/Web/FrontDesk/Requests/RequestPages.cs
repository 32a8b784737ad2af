using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.FrontDesk.Requests;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.OwnData;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.FrontDesk;

/// <summary>The list of everything that waits for a decision.</summary>
internal static class RequestPages
{
    /// <summary>What may be said to the owner.</summary>
    public const int LongestAnswer = 300;

    /// <summary><c>GET /praxis/anfragen</c></summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var said = long.TryParse(staff.Visitor.Asked("entschieden"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? readers.Read(db => Appointment.Load(db, id)) is { } decided ? Said(staff, decided) : null
            : null;
        return Page.Ok(RequestsPage.Create(Model(staff, readers) with { Said = said }));
    }

    /// <summary><c>POST /praxis/anfragen/{id}/entscheidung</c></summary>
    public static async Task<IResult> Decide(Staff staff, string id, Readers readers, Decisions decisions)
    {
        var (form, fields) = (await staff.Visitor.Form(), new Fields());
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var appointment)) return NotFoundPage.Show(staff.Visitor);
        var answer = fields.Optional("antwort", form["antwort"].ToString(), LongestAnswer, lines: true);
        if (fields.Problems.Count > 0) return Again(Wording.Of(staff.T, fields.Problems[0]));
        if (form["wie"].ToString() is not ("zusage" or "absage")) return Again(staff.T.DeskRequestsUndecided);
        var revision = int.TryParse(form["stand"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
        return await decisions.Decide(staff, new Decision(appointment, revision, form["wie"] == "zusage", answer)) switch
        {
            DecisionOutcome.Decided => Visitor.SeeOther(staff.Visitor.Url("/praxis/anfragen", ("entschieden", id))),
            DecisionOutcome.Changed changed => Again(staff.T.DeskRequestsChanged(changed.Appointment.Number, Said(staff, changed.Appointment))),
            _ => NotFoundPage.Show(staff.Visitor),
        };

        IResult Again(string problem) => Page.Again(RequestsPage.Create(
            Model(staff, readers) with { Problem = problem, Typed = (appointment, form["antwort"].ToString()) }));
    }

    private static RequestsModel Model(Staff staff, Readers readers) => new(staff, readers.Read(db => OpenRequests.All(db, staff.Now))) { Wishes = readers.Read(DataRequest.Open) };

    private static string Said(Staff staff, Appointment appointment) => staff.T.DeskRequestsNow(
        appointment.Number, WallTime.Of(appointment.Start, staff.Book.Practice.Zone).WithoutYear(staff.T),
        appointment.IsDeclined ? "declined" : Appointment.Word(appointment.State));
}

/// <summary>The list of what waits.</summary>
public sealed record RequestsModel(Staff Staff, IReadOnlyList<OpenRequest> Open)
{
    /// <summary>Whose requests about their data wait: owner, name and kind.</summary>
    public IReadOnlyList<(long Owner, string Name, string Kind)> Wishes { get; init; } = [];

    private static readonly Duration Soon = Duration.FromHours(4);

    /// <summary>What was just decided, in words; null if nothing was.</summary>
    public string? Said { get; init; }

    /// <summary>Why what was just tried could not be done; null if it could.</summary>
    public string? Problem { get; init; }

    /// <summary>The answer that was typed, and for whom.</summary>
    public (long Appointment, string Answer) Typed { get; init; }

    /// <summary>Whether somebody should decide now.</summary>
    public bool IsSoon(OpenRequest request) => request.Deadline - Staff.Now < Soon;

    /// <summary>Until when there is time for a decision, in words.</summary>
    public string Until(OpenRequest request)
    {
        var left = request.Deadline - Staff.Now;
        return Staff.T.DeskRequestsUntil(
            request.Appointment.State == VisitState.Requested ? "requested" : "held",
            WallTime.Of(request.Deadline, Staff.Book.Practice.Zone).WithoutYear(Staff.T), (int)left.TotalHours, left.Minutes);
    }
}
