using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>Where staff put a visit: at any five minutes, on resources of their choice, of any length.</summary>
public static class Placing
{
    /// <summary>Works out a new visit.</summary>
    public static PlacingAnswer Place(this Diary diary, Placement wish, Instant now)
    {
        var type = diary.Practice.VisitType(wish.VisitType);
        if (wish.Species.IsDefault || wish.Species.Length is < 1 or > VisitRequest.MostAnimals)
        {
            return Impossible(new Refusal.WrongNumberOfAnimals(VisitRequest.MostAnimals));
        }
        if ((wish.Minutes ?? type?.MinutesFor(wish.Species)) is not { } minutes)
        {
            return Impossible(type is null ? new Refusal.NotOnline() : NotTreated(type, wish)!);
        }
        if (minutes is <= 0 or > Placement.MostMinutes || minutes % Cells.Minutes != 0 || !Cells.IsOnGrid(wish.Start))
        {
            return Impossible(new Refusal.OffGrid(Cells.Minutes));
        }
        var cell = Cells.At(wish.Start);
        var visit = new CellRange(cell, cell + minutes / Cells.Minutes);
        if (visit.From < diary.Window.From) return Impossible(new Refusal.Past());
        if (visit.To > diary.Window.To) return Impossible(new Refusal.TooFar(diary.Days.End));
        foreach (var id in wish.Chosen)
        {
            if (diary.Practice.Resources.All(one => one.Id != id)) return Impossible(new Refusal.VetNotSuitable(id));
        }
        var serving = new ServingChoice(diary, type, wish, visit);
        if (serving.Resources.IsEmpty) return Impossible(new Refusal.NobodyThere());

        ImmutableArray<Occupancy> occupancies = [.. serving.Resources.Select(one => new Occupancy(one.Id, TakenBy(type, one, visit)))];
        return new PlacingAnswer.Placed(
            new Visit(wish.VisitType, wish.Start, minutes, occupancies), serving.Vet,
            [.. Rules(diary, type, wish, visit, now), .. serving.Unmet, .. NotThere(diary, type, serving.Resources, visit)],
            [.. occupancies.Where(one => diary.Taken(one.Resource).Count(one.Range) > 0)]);
    }

    /// <summary>Works out another time, length or person for a visit of the diary's; its own time counts as free.</summary>
    public static PlacingAnswer Replace(this Diary diary, Visit visit, Placement wish, Instant now) => diary.Without(visit).Place(wish, now);

    /// <summary>What a visit takes up of a resource: with buffers, and for people with the way there and back.</summary>
    internal static CellRange TakenBy(VisitType? type, Resource resource, CellRange visit)
    {
        if (type is null) return visit;
        var travel = resource.Kind == ResourceKind.Person ? Cells.Covering(type.Travel) : 0;
        return new CellRange(visit.From - Cells.Covering(type.BufferBefore) - travel, visit.To + Cells.Covering(type.BufferAfter) + travel);
    }

    /// <summary>Whether a resource is at work for as much of a visit as it must be.</summary>
    internal static bool IsThere(Diary diary, VisitType? type, Resource resource, CellRange visit)
    {
        var needed = type is { BuffersMayExceedHours: true } ? visit : TakenBy(type, resource, visit);
        return diary.Working(resource.Id).Count(needed) == needed.Length;
    }

    private static PlacingAnswer.Impossible Impossible(Refusal because) => new(because);

    private static Refusal.SpeciesNotTreated? NotTreated(VisitType type, Placement wish) =>
        wish.Species.FirstOrDefault(one => !type.MinutesBySpecies.ContainsKey(one)) is { } species ? new Refusal.SpeciesNotTreated(species) : null;

    /// <summary>The rules of time and kind, in the order in which a person would explain them.</summary>
    private static IEnumerable<Refusal> Rules(Diary diary, VisitType? type, Placement wish, CellRange visit, Instant now)
    {
        var day = diary.Day(diary.DateOf(wish.Start));
        if (wish.Start < now) yield return new Refusal.Past();
        if (type is null) yield return new Refusal.NotOnline();
        else if (NotTreated(type, wish) is { } species) yield return species;
        if (diary.Open.Count(visit) < visit.Length) yield return new Refusal.Closed(diary.Practice.ClosureOn(day.Date));
        if (type is null) yield break;
        if (!SearchPlan.IsInWindow(type, day, visit.From)) yield return new Refusal.OutsideWindow();
        if (type.DailyCap is { } cap && diary.VisitsOn(day.Date, type.Id) >= cap) yield return new Refusal.DayFull(cap);
    }

    /// <summary>Whoever is not at work. When the practice is closed nobody is, and that is said already.</summary>
    private static IEnumerable<Refusal> NotThere(Diary diary, VisitType? type, ImmutableArray<Resource> resources, CellRange visit) =>
        diary.Open.Count(visit) < visit.Length ? [] : resources.Where(one => !IsThere(diary, type, one, visit)).Select(one => new Refusal.Absent(one.Id));
}
