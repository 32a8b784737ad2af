using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Planning.Plan;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>Times that staff keep free of visits: entering one, looking at it, freeing it.</summary>
internal static class BlockPages
{
    /// <summary><c>GET /praxis/sperre?tag=2026-11-25&amp;um=12:30&amp;bei=weber</c></summary>
    public static IResult AskNew(Staff staff)
    {
        var v = staff.Visitor;
        return Page.Ok(BlockPage.Create(new BlockPageModel(staff, [v.Asked("bei")])
        {
            Day = BoardPageModel.Iso(BoardPages.DateOf(v.Asked("tag")) ?? v.Today),
            From = v.Asked("um"),
        }));
    }

    /// <summary><c>POST /praxis/sperre</c></summary>
    public static async Task<IResult> Save(Staff staff, PlanEnds ends)
    {
        var form = await staff.Visitor.Form();
        var model = new BlockPageModel(staff, [.. form["spalte"].OfType<string>()])
        {
            Day = form["tag"].ToString(),
            From = form["um"].ToString(),
            To = form["bis"].ToString(),
            Reason = PlanPages.Clean(form["grund"].ToString()),
        };
        var (from, to) = (PlanPages.StartOf(staff, form), PlanPages.StartOf(staff, form, "bis"));
        if (from is null || to is null || to <= from || !Cells.IsOnGrid(from.Value) || !Cells.IsOnGrid(to.Value) || model.Chosen.IsEmpty || model.Reason.Length == 0)
        {
            return Page.Again(BlockPage.Create(model with { IsIncomplete = true }));
        }
        var wish = new BlockWish(model.Chosen, new CellRange(Cells.At(from.Value), Cells.At(to.Value)), model.Reason);
        var outcome = await ends.Act(change => BlockedTimes.Block(change, staff, wish));
        if (outcome is PlanOutcome.Done) return Visitor.SeeOther(staff.Visitor.Url("/praxis/tag", ("tag", model.Day)));
        return Page.With(BlockPage.Create(model with { Refused = new Objection(staff, outcome, "") }), StatusCodes.Status409Conflict);
    }

    /// <summary><c>GET /praxis/sperre/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id)
    {
        if (readers.Read(db => BlockedTimes.Load(db, PlanPages.Number(id))) is not { } row) return NotFoundPage.Show(staff.Visitor);
        var zone = staff.Book.Practice.Zone;
        var (from, to) = (Instant.FromUnixTimeSeconds(row.Stretch.From).InZone(zone), Instant.FromUnixTimeSeconds(row.Stretch.To).InZone(zone));
        return Page.Ok(BlockPage.Create(new BlockPageModel(staff, [row.Stretch.Resource])
        {
            Id = row.Id,
            Day = BoardPageModel.Iso(from.Date),
            From = $"{from.TimeOfDay:HH:mm}",
            To = $"{to.TimeOfDay:HH:mm}",
            Reason = row.Reason,
        }));
    }

    /// <summary><c>POST /praxis/sperre/{id}/aufhebung</c></summary>
    public static async Task<IResult> Free(Staff staff, PlanEnds ends, string id)
    {
        var row = ends.Readers.Read(db => BlockedTimes.Load(db, PlanPages.Number(id)));
        if (row is null || await ends.Act(change => BlockedTimes.Free(change, staff, row.Id)) is not PlanOutcome.Done) return NotFoundPage.Show(staff.Visitor);
        var date = Instant.FromUnixTimeSeconds(row.Stretch.From).InZone(staff.Book.Practice.Zone).Date;
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/tag", ("tag", BoardPageModel.Iso(date))));
    }
}

/// <summary>The form for a blocked time; or, with an id, one that is there.</summary>
public sealed record BlockPageModel(Staff Staff, ImmutableArray<string> Chosen)
{
    public long? Id { get; init; }
    public string Day { get; init; } = "";
    public string From { get; init; } = "";
    public string To { get; init; } = "";
    public string Reason { get; init; } = "";

    /// <summary>Whether something is missing or makes no time.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Why it cannot be done; null if it was not tried.</summary>
    public Objection? Refused { get; init; }
}
