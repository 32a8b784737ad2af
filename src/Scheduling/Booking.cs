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
        var search = new DaySearch(diary, plan, diary.DateOf(start), now);
        if (search.At(Cells.At(start)) is not { } resources) return new BookingAnswer.Refused(WhyNot(diary, plan, start, now));

        var visit = new Visit(plan.Type.Id, start, plan.Length * Cells.Minutes, [.. resources.Select(one => Occupancy(plan, one, start))]);
        return new BookingAnswer.Accepted(visit, search.VetOf([.. resources]), FirstState(plan.Type, request.Booker));
    }

    /// <summary>
    /// Decides whether <paramref name="visit"/> can take place at another start instead. Its own time counts as free, and
    /// until the answer is saved it stays its own.
    /// </summary>
    public static BookingAnswer Move(this Diary diary, Visit visit, VisitRequest request, Instant start, Instant now)
    {
        if (request.Booker == Booker.Owner && Changing.TooLate(diary.Practice, visit, now) is { } tooLate) return new BookingAnswer.Refused(tooLate);
        return diary.Without(visit).Book(request, start, now);
    }

    private static Occupancy Occupancy(SearchPlan plan, Resource resource, Instant start)
    {
        var travel = resource.Kind == ResourceKind.Person ? plan.Travel : 0;
        var cell = Cells.At(start);
        return new Occupancy(resource.Id, new CellRange(cell - plan.Before - travel, cell + plan.Length + plan.After + travel));
    }

    private static VisitState FirstState(VisitType type, Booker booker) => (booker, type) switch
    {
        (Booker.Staff, _) => VisitState.Booked,
        (_, { Mode: BookingMode.OnRequest }) => VisitState.Requested,
        // Whether the practice knows the owner is only certain once the address is confirmed.
        (_, { Mode: BookingMode.AfterConfirmation } or { Audience: Audience.KnownOwners }) => VisitState.Held,
        _ => VisitState.Booked,
    };

    /// <summary>The first rule that stands in the way, in the order in which a person would explain them.</summary>
    private static Refusal WhyNot(Diary diary, SearchPlan plan, Instant start, Instant now)
    {
        var (date, cell) = (diary.DateOf(start), Cells.At(start));
        var day = diary.Day(date);
        var visit = new CellRange(cell, cell + plan.Length);
        if (start < now) return new Refusal.Past();
        if (cell < plan.EarliestStart(now)) return new Refusal.TooSoon(now + plan.Type.Lead);
        if (!diary.Days.Contains(date) || (plan.ForOwner && date > plan.LastDate(diary, now)))
        {
            return new Refusal.TooFar(LocalDate.Min(plan.LastDate(diary, now), diary.Days.End));
        }
        if (!plan.IsOnGrid(day, cell)) return new Refusal.OffGrid(plan.Type.GridMinutes);
        if (diary.Open.Count(visit) < visit.Length) return new Refusal.Closed(diary.Practice.ClosureOn(date));
        if (plan.ForOwner && !plan.IsInWindow(day, cell)) return new Refusal.OutsideWindow();
        if (plan.ForOwner && plan.IsFull(diary, date)) return new Refusal.DayFull(plan.Type.DailyCap!.Value);
        var everyNeedIsAtWork = plan.Needs.All(options => options.Any(one => diary.Working(one.Id).Count(visit) == visit.Length));
        return everyNeedIsAtWork ? new Refusal.Taken() : new Refusal.NobodyThere();
    }
}
