using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>Whether a visit can take place at one given start, and if not, why.</summary>
public static class Booking
{
    /// <summary>Decides a new visit that starts exactly at <paramref name="start"/>; a start is never adjusted.</summary>
    public static BookingAnswer Book(this Diary diary, VisitRequest request, Instant start, Instant now)
    {
        var (plan, refusal) = SearchPlan.Of(diary, request);
        if (plan is null) return new BookingAnswer.Refused(refusal!);
        if (!Cells.IsOnGrid(start)) return new BookingAnswer.Refused(new Refusal.OffGrid(plan.Type.GridMinutes));
        if (Serving(diary, plan, start, now) is not { } resources) return new BookingAnswer.Refused(new WhyNot(diary, plan, now).At(start).Because);

        var visit = new Visit(plan.Type.Id, start, plan.Length * Cells.Minutes, [.. resources.Select(one => Occupancy(plan, one, start))]);
        return new BookingAnswer.Accepted(visit, plan.VetOf(resources), FirstState(plan.Type, request.Booker));
    }

    /// <summary>
    /// Decides whether <paramref name="visit"/> can take place at another start instead. Its own time counts as free, and
    /// until the answer is saved it stays its own.
    /// </summary>
    public static BookingAnswer Move(this Diary diary, Visit visit, VisitRequest request, Instant start, Instant now)
    {
        if (request.Booker == Booker.Owner && Changing.TooLate(diary.Practice, visit, now) is { } tooLate)
        {
            return new BookingAnswer.Refused(tooLate);
        }
        return diary.Without(visit).Book(request, start, now);
    }

    /// <summary>Who and what would serve the visit, one for each need; null if it cannot start then.</summary>
    private static Resource[]? Serving(Diary diary, SearchPlan plan, Instant start, Instant now)
    {
        var cell = Cells.At(start);
        if (!diary.Window.Contains(new CellRange(cell, cell + plan.Length))) return null;
        var search = new DaySearch(diary, plan, now);
        search.Look(diary.Day(diary.DateOf(start)));
        return search.At(cell);
    }

    private static Occupancy Occupancy(SearchPlan plan, Resource resource, Instant start)
    {
        var from = Cells.At(start) - plan.LeadIn(resource.Kind);
        return new Occupancy(resource.Id, new CellRange(from, from + plan.LengthFor(resource.Kind)));
    }

    private static VisitState FirstState(VisitType type, Booker booker) => (booker, type) switch
    {
        (Booker.Staff, _) => VisitState.Booked,
        (_, { Mode: BookingMode.OnRequest }) => VisitState.Requested,
        // Whether the practice knows the owner is only certain once the address is confirmed.
        (_, { Mode: BookingMode.AfterConfirmation } or { Audience: Audience.KnownOwners }) => VisitState.Held,
        _ => VisitState.Booked,
    };
}
