using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CsCheck;
using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.RandomPractice;

namespace VetBooking.Tests;

public class ModelTests
{
    private const int LeastOperations = 500_000;

    private static readonly Gen<(Practice Practice, int Now, Step[] Steps)> Cases =
        Gen.Select(Practices, Gen.Int[0, 200], Steps, (practice, now, steps) => (practice, now * 5, steps));
    private static readonly DateInterval Days = new(First, First.PlusDays(DayCount - 1));
    private static readonly Instant Midnight = Example.At(First.AtMidnight());

    /// <summary>
    /// Random practices, random books, moves and cancellations, each answer compared with the model. The seed that is
    /// printed gives the same run again in VETBOOKING_SEED; a failure names the seed of its smallest case.
    /// </summary>
    [Fact]
    public void The_diary_agrees_with_a_plain_list_of_occupied_times()
    {
        var random = Environment.GetEnvironmentVariable("VETBOOKING_SEED") is { Length: > 0 } given
            ? PCG.Parse(given)
            : new PCG((uint)(Stopwatch.GetTimestamp() % 64), (ulong)Stopwatch.GetTimestamp());
        var (seed, clock) = (random.ToString(), Stopwatch.StartNew());
        var tally = new Tally();
        while (tally.Operations < LeastOperations)
        {
            var caseSeed = random.ToString();
            var one = Cases.Generate(random, null, out _);
            try
            {
                Run(one.Practice, one.Now, one.Steps, tally);
            }
            catch (Exception)
            {
                // Once more through CsCheck, which looks for the smallest case that fails.
                Cases.Sample(bad => Run(bad.Practice, bad.Now, bad.Steps, new Tally()), null, caseSeed, iter: 20_000, threads: 1, print: Describe);
                throw;
            }
        }
        var rate = tally.Operations / clock.Elapsed.TotalSeconds;
        var summary = string.Create(CultureInfo.InvariantCulture, $"model: {tally}, {rate:N0} ops/s, seed {seed}");
        Console.WriteLine(summary);
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Assert.True(tally.Accepted > tally.Operations / 10, "too few bookings for a telling run: " + summary);
    }

    private static void Run(Practice practice, int now, Step[] steps, Tally tally)
    {
        var model = new PracticeModel(practice, First, DayCount, now);
        var diary = Diary.For(practice, Days, []);
        foreach (var step in steps)
        {
            diary = Apply(step, diary, model, practice, now, tally);
            tally.Operations++;
        }
        var type = practice.VisitTypes[steps.Length % practice.VisitTypes.Length];
        CompareAllStarts(diary, model, new VisitRequest(type.Id, ["dog"]), now, tally);
    }

    private static Diary Apply(Step step, Diary diary, PracticeModel model, Practice practice, int now, Tally tally)
    {
        if (step.Kind < 2 && model.Visits.Count > 0)
        {
            var (gone, from) = model.Visits[step.Visit % model.Visits.Count];
            model.Remove(gone, from);
            tally.Cancelled++;
            return diary.Without(gone);
        }
        var (old, oldStart) = step.Kind < 5 && model.Visits.Count > 0 ? model.Visits[step.Visit % model.Visits.Count] : (null, 0);
        var type = practice.VisitType(old?.VisitType ?? "") ?? practice.VisitTypes[step.Type % practice.VisitTypes.Length];
        var request = new VisitRequest(type.Id, ["dog"], VetFor(step, type, practice), step.Staff ? Booker.Staff : Booker.Owner);
        var seen = old is null ? diary : diary.Without(old);
        var start = StartFor(step, seen, request, now);
        var tooLate = old is not null && !step.Staff && now >= oldStart - (int)type.CancelDeadline.TotalMinutes;

        if (old is not null) model.Remove(old, oldStart);
        var expected = tooLate ? null : model.Serving(request, start);
        var answer = old is null ? diary.Book(request, At(start), At(now)) : diary.Move(old, request, At(start), At(now));
        var offered = OnDay(seen, request, start / 1440, now).FirstOrDefault(one => one.Start == At(start));
        if (!tooLate) Assert.Equal(expected is not null, offered != default);
        Assert.Equal(expected is not null, answer is BookingAnswer.Accepted);
        if (answer is not BookingAnswer.Accepted accepted)
        {
            tally.Refused++;
            if (old is not null) model.Add(old, oldStart);
            return diary;
        }
        Assert.Equal(expected!.Select(one => one.Id), accepted.Visit.Occupancies.Select(one => one.Resource));
        Assert.Equal(offered.Vet, accepted.Vet);
        foreach (var (resource, occupancy) in expected!.Zip(accepted.Visit.Occupancies))
        {
            var (from, to) = PracticeModel.Stretch(type, resource, start, accepted.Visit.Minutes);
            Assert.Equal(new CellRange(Cells.At(At(from)), Cells.At(At(to))), occupancy.Range);
        }
        model.Add(accepted.Visit, start);
        (tally.Accepted, tally.Moved) = (tally.Accepted + 1, tally.Moved + (old is null ? 0 : 1));
        return seen.With(accepted.Visit);
    }

    /// <summary>Every start of every day, offered or not, against the model; and the diary built anew is the same diary.</summary>
    private static void CompareAllStarts(Diary diary, PracticeModel model, VisitRequest request, int now, Tally tally)
    {
        var anew = Diary.For(diary.Practice, Days, model.Visits.Select(one => one.Visit));
        for (var day = 0; day < DayCount; day++)
        {
            var offered = OnDay(diary, request, day, now).ToDictionary(one => one.Start, one => one.Vet);
            Assert.Equal(offered.Select(one => new FreeStart(one.Key, one.Value)), OnDay(anew, request, day, now));
            for (var start = day * 1440; start < (day + 1) * 1440; start += 5)
            {
                if (model.Serving(request, start) is null == offered.ContainsKey(At(start))) Assert.Fail($"start {start} of {request.VisitType}");
            }
            CompareReasons(diary, model, request, day, now);
            tally.Compared += 288;
        }
    }

    /// <summary>Every start on the grid is either free or has one reason; the booking refuses it for that reason, and the model agrees.</summary>
    private static void CompareReasons(Diary diary, PracticeModel model, VisitRequest request, int day, int now)
    {
        var free = OnDay(diary, request, day, now).Select(one => one.Start).ToHashSet();
        var missing = diary.WhyMissing(request, First.PlusDays(day), At(now));
        Assert.True(missing.Zip(missing.Skip(1)).All(pair => pair.First.To <= pair.Second.From), "reasons overlap");
        var (empty, byStaff) = (model.WithNothingTaken(), request with { Booker = Booker.Staff });
        var grid = diary.Practice.VisitType(request.VisitType)!.GridMinutes;
        for (var start = day * 1440; start < (day + 1) * 1440; start += 5)
        {
            if (start % 60 % grid != 0) continue;
            var reasons = missing.Where(one => one.From <= At(start) && At(start) < one.To).ToList();
            Assert.True((reasons.Count, free.Contains(At(start))) is (1, false) or (0, true), $"{reasons.Count} reasons for start {start}");
            if (reasons.Count == 0) continue;
            var because = reasons[0].Because;
            if (reasons[0].From == At(start)) Assert.Equal(because, Assert.IsType<BookingAnswer.Refused>(diary.Book(request, At(start), At(now))).Because);
            if (because is not (Refusal.Taken or Refusal.NobodyThere or Refusal.HeldBack)) continue;
            Assert.Equal(because, (empty.Serving(byStaff, start), model.Serving(byStaff, start)) switch
            {
                (null, _) => new Refusal.NobodyThere(),
                (_, null) => new Refusal.Taken(),
                _ => new Refusal.HeldBack(),
            });
        }
    }

    private static ImmutableArray<FreeStart> OnDay(Diary diary, VisitRequest request, int day, int now) =>
        diary.FreeStarts(request, new DateInterval(First.PlusDays(day), First.PlusDays(day)), At(now)).Single().Starts;

    private static int StartFor(Step step, Diary diary, VisitRequest request, int now)
    {
        if (!step.Offered) return step.Start * 5;
        var offered = OnDay(diary, request, step.Start / 288, now);
        return offered.IsEmpty ? step.Start * 5 : (int)(offered[step.Visit % offered.Length].Start - Midnight).TotalMinutes;
    }

    private static string? VetFor(Step step, VisitType type, Practice practice)
    {
        var need = type.Needs.FirstOrDefault(need => need.Kind == ResourceKind.Person);
        var vets = need is null ? [] : practice.Resources.Where(need.Fits).ToList();
        return vets.Count == 0 || step.Vet < 12 ? null : vets[step.Vet % vets.Count].Id;
    }

    private static Instant At(int minute) => Midnight + Duration.FromMinutes(minute);

    private static string Describe((Practice Practice, int Now, Step[] Steps) bad) =>
        $"hours {string.Join("; ", bad.Practice.Opening)}\nresources {string.Join("; ", bad.Practice.Resources)}\n"
        + $"types {string.Join("; ", bad.Practice.VisitTypes.Select(type => $"{type} needs {string.Join(", ", type.Needs)}"))}\n"
        + $"now {bad.Now}\n{string.Join('\n', bad.Steps)}";

    private sealed class Tally
    {
        public int Operations { get; set; }
        public int Accepted { get; set; }
        public int Moved { get; set; }
        public int Refused { get; set; }
        public int Cancelled { get; set; }
        public long Compared { get; set; }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Operations:N0} operations ({Accepted:N0} accepted, {Moved:N0} of them moves, {Refused:N0} refused, {Cancelled:N0} cancelled), "
            + $"{Compared:N0} starts compared");
    }
}
