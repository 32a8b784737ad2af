using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>A request turned into numbers, once for all the days that are searched. All lengths are in cells.</summary>
internal sealed record SearchPlan
{
    public required VisitType Type { get; init; }
    public required int Length { get; init; }
    public required ImmutableArray<Resource[]> Needs { get; init; }

    /// <summary>Which need is the person an owner can choose; -1 if there is none.</summary>
    public required int VetNeed { get; init; }

    public required bool ForOwner { get; init; }

    public int Before => Cells.Covering(Type.BufferBefore);
    public int After => Cells.Covering(Type.BufferAfter);
    public int Travel => Cells.Covering(Type.Travel);
    public bool BuffersMayExceedHours => Type.BuffersMayExceedHours;

    /// <summary>The plan for a request, or why no time whatever could be right.</summary>
    public static (SearchPlan? Plan, Refusal? Refusal) Of(Diary diary, VisitRequest request)
    {
        if (diary.Practice.VisitType(request.VisitType) is not { } type) return (null, new Refusal.NotOnline());
        if (type.Audience == Audience.StaffOnly && request.Booker == Booker.Owner) return (null, new Refusal.NotOnline());
        if (request.Species.Length is < 1 or > VisitRequest.MostAnimals) return (null, new Refusal.WrongNumberOfAnimals(VisitRequest.MostAnimals));
        if (type.MinutesFor(request.Species) is not { } minutes)
        {
            return (null, new Refusal.SpeciesNotTreated(request.Species.First(one => !type.MinutesBySpecies.ContainsKey(one))));
        }
        var needs = type.Needs.Select(need => diary.Practice.Resources.Where(need.Fits).ToArray()).ToArray();
        var vetNeed = Array.FindIndex(needs, options => options.Length > 0 && options[0].Kind == ResourceKind.Person);
        if (request.Vet is { } vet)
        {
            var asked = vetNeed < 0 ? null : Array.Find(needs[vetNeed], person => person.Id == vet);
            if (asked is null) return (null, new Refusal.VetNotSuitable(vet));
            needs[vetNeed] = [asked];
        }
        return (new SearchPlan
        {
            Type = type,
            Length = minutes / Cells.Minutes,
            Needs = [.. needs],
            VetNeed = vetNeed,
            ForOwner = request.Booker == Booker.Owner,
        }, null);
    }

    /// <summary>
    /// The starts the visit type's own rules leave on a day, before asking who is free: grid, notice, horizon, windows, cap.
    /// </summary>
    public ulong[] AllowedStarts(Diary diary, LocalDay day, Instant now, int width)
    {
        var allowed = new ulong[width];
        if (!diary.Days.Contains(day.Date)) return allowed;
        if (ForOwner && (day.Date > LastDate(diary, now) || IsFull(diary, day.Date))) return allowed;
        var earliest = EarliestStart(now);
        for (var cell = Math.Max(day.Range.From, earliest); cell < day.Range.To; cell++)
        {
            if (IsOnGrid(day, cell) && (!ForOwner || IsInWindow(day, cell))) allowed[cell - day.Range.From >> 6] |= 1UL << (cell - day.Range.From & 63);
        }
        return allowed;
    }

    public LocalDate LastDate(Diary diary, Instant now) => diary.DateOf(now).PlusDays(Type.HorizonDays);

    public bool IsFull(Diary diary, LocalDate date) => Type.DailyCap is { } cap && diary.VisitsOn(date, Type.Id) >= cap;

    /// <summary>The first cell that begins no earlier than now plus the notice the visit type asks for.</summary>
    public int EarliestStart(Instant now)
    {
        var earliest = ForOwner ? now + Type.Lead : now;
        return Cells.At(earliest) + (Cells.IsOnGrid(earliest) ? 0 : 1);
    }

    public bool IsOnGrid(LocalDay day, int cell) => day.MinuteOfHour(cell) % Type.GridMinutes == 0;

    public bool IsInWindow(LocalDay day, int cell)
    {
        if (Type.Windows.IsEmpty) return true;
        foreach (var window in Type.Windows)
        {
            if (!window.AppliesOn(day.Date)) continue;
            var range = day.Of(window);
            if (range.From <= cell && cell < range.To) return true;
        }
        return false;
    }
}
