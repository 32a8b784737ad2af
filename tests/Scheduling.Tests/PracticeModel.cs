using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Tests;

/// <summary>
/// The rules once more, as plainly as possible: for each resource a list of occupied [from, to) minutes, overlap by
/// comparison. Minutes count from the first midnight of a week without a change of the clocks.
/// </summary>
internal sealed class PracticeModel(Practice practice, LocalDate first, int days, int now)
{
    private readonly Dictionary<string, List<(int From, int To)>> occupied =
        practice.Resources.ToDictionary(one => one.Id, _ => new List<(int, int)>());
    private readonly Dictionary<string, bool[]> atWork =
        AtWork(practice, [.. Enumerable.Range(0, days * 288).Select(cell => first.AtMidnight().PlusMinutes(cell * 5))]);

    public List<(Visit Visit, int Start)> Visits { get; } = [];

    /// <summary>The resources the visit must get, in the order of the needs; null if it cannot start then.</summary>
    public List<Resource>? Serving(VisitRequest request, int start)
    {
        var type = practice.VisitType(request.VisitType)!;
        if (start < now || start >= days * 1440 || start % 60 % type.GridMinutes != 0) return null;
        if (request.Booker == Booker.Owner && !OwnerMay(type, start)) return null;
        var vetNeed = type.Needs.ToList().FindIndex(need => need.Kind == ResourceKind.Person);
        var options = type.Needs.Select(need => practice.Resources.Where(need.Fits).ToList()).ToList();
        if (vetNeed >= 0)
        {
            options[vetNeed] = request.Vet is { } vet
                ? options[vetNeed].FindAll(one => one.Id == vet)
                : [.. options[vetNeed].OrderBy(one => Busy(one.Id, start / 1440 * 1440))];
        }
        var minutes = type.MinutesFor(request.Species)!.Value;
        return Match(options.ConvertAll(row => row.FindAll(one => IsFree(type, one, start, minutes) && (request.Booker == Booker.Staff || !IsHeldBack(type, one, start, minutes)))), []);
    }

    public PracticeModel WithNothingTaken() => new(practice, first, days, now);

    /// <summary>What a visit occupies of a resource.</summary>
    public static (int From, int To) Stretch(VisitType type, Resource resource, int start, int minutes)
    {
        var travel = resource.Kind == ResourceKind.Person ? type.Travel : 0;
        return (start - type.BufferBefore - travel, start + minutes + type.BufferAfter + travel);
    }

    public void Add(Visit visit, int start)
    {
        Visits.Add((visit, start));
        foreach (var (resource, from, to) in Stretches(visit, start))
        {
            Assert.DoesNotContain(occupied[resource], other => from < other.To && other.From < to);
            occupied[resource].Add((from, to));
        }
    }

    public void Remove(Visit visit, int start)
    {
        Assert.True(Visits.Remove((visit, start)));
        foreach (var (resource, from, to) in Stretches(visit, start)) Assert.True(occupied[resource].Remove((from, to)));
    }

    private IEnumerable<(string Resource, int From, int To)> Stretches(Visit visit, int start)
    {
        foreach (var occupancy in visit.Occupancies)
        {
            var resource = practice.Resources.First(one => one.Id == occupancy.Resource);
            var (from, to) = Stretch(practice.VisitType(visit.VisitType)!, resource, start, visit.Minutes);
            yield return (resource.Id, from, to);
        }
    }

    private bool OwnerMay(VisitType type, int start)
    {
        var day = start / 1440;
        return !practice.IsPaused(Example.At(first.AtMidnight()) + Duration.FromMinutes(now))
            && start >= now + (int)type.Lead.TotalMinutes
            && day - now / 1440 <= type.HorizonDays
            && (type.Windows.IsEmpty || type.Windows.Any(window => Covers(window, first.AtMidnight().PlusMinutes(start))))
            && (type.DailyCap is not { } cap || Visits.Count(one => one.Visit.VisitType == type.Id && one.Start / 1440 == day) < cap);
    }

    private bool IsFree(VisitType type, Resource resource, int start, int minutes)
    {
        var (from, to) = Stretch(type, resource, start, minutes);
        if (occupied[resource.Id].Exists(other => from < other.To && other.From < to)) return false;
        var (workFrom, workTo) = type.BuffersMayExceedHours ? (start, start + minutes) : (from, to);
        if (workFrom < 0 || workTo > days * 1440) return false;
        for (var minute = workFrom; minute < workTo; minute += 5)
        {
            if (!atWork[resource.Id][minute / 5]) return false;
        }
        return true;
    }

    /// <summary>Whether an owner would touch a time that is kept for urgent cases: it opens at a wall time of the day it begins on.</summary>
    private bool IsHeldBack(VisitType type, Resource resource, int start, int minutes)
    {
        var (from, to) = Stretch(type, resource, start, minutes);
        return Enumerable.Range(-1, days + 2).Any(day => resource.Reserves.Any(reserve =>
        {
            var (begins, ends) = (Minute(day, reserve.Hours.From), Minute(reserve.Hours.To > reserve.Hours.From ? day : day + 1, reserve.Hours.To));
            return reserve.Hours.Day == first.PlusDays(day).DayOfWeek && now < Minute(day, reserve.Opens) && from < ends && begins < to;
        }));
    }

    private static int Minute(int day, LocalTime time) => day * 1440 + time.Hour * 60 + time.Minute;

    private int Busy(string resource, int midnight) =>
        occupied[resource].Sum(one => Math.Max(0, Math.Min(one.To, midnight + 1440) - Math.Max(one.From, midnight)));

    private static List<Resource>? Match(List<List<Resource>> options, List<Resource> chosen)
    {
        if (chosen.Count == options.Count) return chosen;
        foreach (var one in options[chosen.Count])
        {
            if (!chosen.Contains(one) && Match(options, [.. chosen, one]) is { } all) return all;
        }
        return null;
    }

    private static Dictionary<string, bool[]> AtWork(Practice practice, LocalDateTime[] walls)
    {
        var open = Array.ConvertAll(walls, wall => practice.Opening.Any(hours => Covers(hours, wall)));
        return practice.Resources.ToDictionary(one => one.Id, one => walls.Zip(open, (wall, isOpen) => isOpen
            && (one.Shifts.IsEmpty || one.Shifts.Any(hours => Covers(hours, wall)))
            && !one.Absences.Any(absence => absence.From <= wall && wall < absence.To)).ToArray());
    }

    private static bool Covers(WeeklyHours hours, LocalDateTime wall) =>
        hours.To > hours.From
            ? wall.DayOfWeek == hours.Day && hours.From <= wall.TimeOfDay && wall.TimeOfDay < hours.To
            : (wall.DayOfWeek == hours.Day && hours.From <= wall.TimeOfDay)
                || (wall.PlusDays(-1).DayOfWeek == hours.Day && wall.TimeOfDay < hours.To);
}
