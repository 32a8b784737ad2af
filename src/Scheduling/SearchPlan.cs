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

    /// <summary>The starts of an even day that lie on the grid, one bit a cell.</summary>
    public required ulong[] EvenGrid { get; init; }

    /// <summary>How long before the visit a resource of this kind is occupied.</summary>
    public int LeadIn(ResourceKind kind) => Cells.Covering(Type.BufferBefore) + Travel(kind);

    /// <summary>How long the visit occupies a resource of this kind in all.</summary>
    public int LengthFor(ResourceKind kind) => LeadIn(kind) + Length + Cells.Covering(Type.BufferAfter) + Travel(kind);

    private int Travel(ResourceKind kind) => kind == ResourceKind.Person ? Cells.Covering(Type.Travel) : 0;

    /// <summary>The plan for a request, or why no time whatever could be right.</summary>
    public static (SearchPlan? Plan, Refusal? Refusal) Of(Diary diary, VisitRequest request)
    {
        if (diary.Practice.VisitType(request.VisitType) is not { } type) return (null, new Refusal.NotOnline());
        if (type.Audience == Audience.StaffOnly && request.Booker == Booker.Owner) return (null, new Refusal.NotOnline());
        // A visit that takes up nothing could never be full.
        if (type.Needs.IsEmpty) return (null, new Refusal.NotOnline());
        if (request.Species.IsDefault || request.Species.Length is < 1 or > VisitRequest.MostAnimals)
        {
            return (null, new Refusal.WrongNumberOfAnimals(VisitRequest.MostAnimals));
        }
        if (type.MinutesFor(request.Species) is not { } minutes)
        {
            return (null, new Refusal.SpeciesNotTreated(request.Species.First(one => !type.MinutesBySpecies.ContainsKey(one))));
        }
        var needs = type.Needs.Select(need => diary.Practice.Resources.Where(need.Fits).ToArray()).ToArray();
        var vetNeed = Array.FindIndex([.. type.Needs], need => need.Kind == ResourceKind.Person);
        if (request.Vet is { } vet)
        {
            var asked = vetNeed < 0 ? null : Array.Find(needs[vetNeed], person => person.Id == vet);
            if (asked is null) return (null, new Refusal.VetNotSuitable(vet));
            needs[vetNeed] = [asked];
        }
        return (new SearchPlan
        {
            Type = type,
            Length = (request.Minutes ?? minutes) / Cells.Minutes,
            Needs = [.. needs],
            VetNeed = vetNeed,
            ForOwner = request.Booker == Booker.Owner,
            EvenGrid = GridOf(type.GridMinutes),
        }, null);
    }

    /// <summary>The person an owner would name as "with whom"; empty if the visit needs none.</summary>
    public string VetOf(Resource[] serving) => VetNeed < 0 ? "" : serving[VetNeed].Id;

    /// <summary>
    /// Puts into <paramref name="allowed"/> the starts the visit type's own rules leave on a day, before asking who is free:
    /// grid, notice, horizon, windows, cap.
    /// </summary>
    public void AllowedStarts(Diary diary, LocalDay day, Instant now, Span<ulong> allowed)
    {
        allowed.Clear();
        var first = Math.Max(EarliestStart(now) - day.Range.From, 0);
        if (first >= day.Range.Length || day.Date > LastDate(diary, now)) return;
        if (ForOwner && (diary.Practice.IsPaused(now) || IsFull(diary, day.Date))) return;
        if (ForOwner && !Type.Windows.IsEmpty)
        {
            foreach (var window in WindowsOf(Type, day))
            {
                var (from, to) = (Math.Max(window.From, day.Range.From), Math.Min(window.To, day.Range.To));
                Bits.Fill(allowed, from - day.Range.From, to - day.Range.From, present: true);
            }
        }
        else
        {
            Bits.Fill(allowed, 0, day.Range.Length, present: true);
        }
        Bits.Fill(allowed, 0, first, present: false);
        KeepGrid(day, allowed);
    }

    /// <summary>The last date on which the visit can start.</summary>
    public LocalDate LastDate(Diary diary, Instant now)
    {
        var today = diary.DateOf(now);
        return ForOwner && Type.HorizonDays < Period.DaysBetween(today, diary.Days.End) ? today.PlusDays(Type.HorizonDays) : diary.Days.End;
    }

    public bool IsFull(Diary diary, LocalDate date) => Type.DailyCap is { } cap && diary.VisitsOn(date, Type.Id) >= cap;

    /// <summary>The first cell that begins no earlier than now plus the notice the visit type asks for.</summary>
    public int EarliestStart(Instant now)
    {
        var earliest = ForOwner ? now + Type.Lead : now;
        return Cells.At(earliest) + (Cells.IsOnGrid(earliest) ? 0 : 1);
    }

    public bool IsOnGrid(LocalDay day, int cell) => day.MinuteOfHour(cell) % Type.GridMinutes == 0;

    public bool IsInWindow(LocalDay day, int cell) => IsInWindow(Type, day, cell);

    public static bool IsInWindow(VisitType type, LocalDay day, int cell) =>
        type.Windows.IsEmpty || WindowsOf(type, day).Any(window => window.From <= cell && cell < window.To);

    /// <summary>The windows that begin on this day, and the nights that began on the day before.</summary>
    private static IEnumerable<CellRange> WindowsOf(VisitType type, LocalDay day)
    {
        var before = day.DayBefore();
        foreach (var window in type.Windows)
        {
            if (window.AppliesOn(day.Date)) yield return day.Of(window);
            if (window.To <= window.From && window.AppliesOn(before.Date)) yield return before.Of(window);
        }
    }

    private void KeepGrid(LocalDay day, Span<ulong> allowed)
    {
        if (day.IsEven)
        {
            Bits.Keep(allowed, EvenGrid);
            return;
        }
        for (var cell = day.Range.From; cell < day.Range.To; cell++)
        {
            if (!IsOnGrid(day, cell)) Bits.Fill(allowed, cell - day.Range.From, cell - day.Range.From + 1, present: false);
        }
    }

    private static ulong[] GridOf(int minutes)
    {
        var grid = new ulong[DaySearch.Width];
        for (var cell = 0; cell < 24 * 60 / Cells.Minutes; cell++)
        {
            if (cell * Cells.Minutes % 60 % minutes == 0) Bits.Fill(grid, cell, cell + 1, present: true);
        }
        return grid;
    }
}
