using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>Starts in a row that are missing for the same reason: from the first to where the next one would begin.</summary>
/// <param name="From">The first of the starts.</param>
/// <param name="To">Where the next start on the grid lies; the starts themselves are before it.</param>
/// <param name="Because">The rule that stands in the way.</param>
/// <param name="Resources">Whose time is missing, if that is the reason: who is taken, or who is not there.</param>
public sealed record MissingTime(Instant From, Instant To, Refusal Because, ImmutableArray<string> Resources);

/// <summary>"Why is nothing free?"</summary>
public static class Explaining
{
    /// <summary>
    /// Every start on the grid of one day that is not free, with its reason: together with the free starts of
    /// <see cref="Availability.FreeStarts"/> they are the whole grid. Empty if <see cref="Availability.WhyNever"/> is the answer.
    /// </summary>
    public static ImmutableArray<MissingTime> WhyMissing(this Diary diary, VisitRequest request, LocalDate date, Instant now)
    {
        if (SearchPlan.Of(diary, request).Plan is not { } plan || !diary.Days.Contains(date)) return [];
        var (day, search, why) = (diary.Day(date), new DaySearch(diary, plan, now), new WhyNot(diary, plan, now));
        search.Look(day);
        var missing = ImmutableArray.CreateBuilder<MissingTime>();
        var goesOn = false;
        for (var cell = day.Range.From; cell < day.Range.To; cell++)
        {
            if (!plan.IsOnGrid(day, cell)) continue;
            var start = Cells.Start(cell);
            if (goesOn) missing[^1] = missing[^1] with { To = start };
            if (search.At(cell) is not null)
            {
                goesOn = false;
                continue;
            }
            var (because, resources) = why.At(start);
            if (!goesOn || missing[^1].Because != because || !missing[^1].Resources.SequenceEqual(resources))
            {
                missing.Add(new MissingTime(start, Cells.Start(day.Range.To), because, resources));
            }
            goesOn = true;
        }
        if (goesOn) missing[^1] = missing[^1] with { To = Cells.Start(day.Range.To) };
        return missing.ToImmutable();
    }
}
