using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

public class PlacingTests
{
    private static Placement Wish(int hour, int minute = 0, params string[] chosen) => new("check", ["dog"], At(3, hour, minute)) { Chosen = [.. chosen] };

    private static PlacingAnswer.Placed Place(Diary diary, Placement wish) => Assert.IsType<PlacingAnswer.Placed>(diary.Place(wish, Now));

    private static Refusal WhyImpossible(Diary diary, Placement wish) => Assert.IsType<PlacingAnswer.Impossible>(diary.Place(wish, Now)).Because;

    private static string Who(PlacingAnswer.Placed placed) => string.Join(' ', placed.Visit.Occupancies.Select(one => one.Resource));

    [Fact]
    public void Any_five_minutes_will_do_and_who_was_not_chosen_is_found()
    {
        var placed = Place(Ours.Diary(), Wish(9, 5, "ben"));
        Assert.Equal(("ben room1", "ben", 20), (Who(placed), placed.Vet, placed.Visit.Minutes));
        Assert.Empty(placed.Against);
        Assert.Empty(placed.InTheWay);
    }

    [Fact]
    public void What_is_taken_is_in_the_way_and_what_is_free_is_taken_instead()
    {
        var diary = Ours.Diary().With(Place(Ours.Diary(), Wish(9, 0, "ben")).Visit);
        var placed = Place(diary, Wish(9, 10, "ben"));
        Assert.Equal("ben room2", Who(placed));
        Assert.Equal("ben", Assert.Single(placed.InTheWay).Resource);
        Assert.Equal("anna room2", Who(Place(diary, Wish(9, 10))));
    }

    [Fact]
    public void Rules_that_are_broken_are_named_and_nothing_more()
    {
        Assert.IsType<Refusal.Closed>(Assert.Single(Place(Ours.Diary(), Wish(12, 30, "ben")).Against));
        Assert.Equal(new Refusal.VetNotSuitable("cleo"), Assert.Single(Place(Ours.Diary(), Wish(9, 0, "cleo")).Against));
        Assert.Equal("cleo room1", Who(Place(Ours.Diary(), Wish(9, 0, "cleo"))));
        Assert.Equal(new Refusal.SpeciesNotTreated("fish"), Assert.Single(Place(Ours.Diary(), Wish(9) with { Species = ["fish"], Minutes = 20 }).Against));
        Assert.IsType<Refusal.Past>(Assert.Single(Place(Ours.Diary(), Wish(9) with { Start = At(2, 6, 55), Minutes = 5 }).Against, one => one is Refusal.Past));

        var away = Ours.With("ben", one => one with { Absences = [new Absence(new LocalDateTime(2026, 3, 3, 0, 0), new LocalDateTime(2026, 3, 4, 0, 0))] });
        Assert.Equal(new Refusal.Absent("ben"), Assert.Single(Place(away.Diary(), Wish(9, 0, "ben")).Against));
        var noRoom = Ours with { Resources = [.. Ours.Resources.Where(one => one.Kind != ResourceKind.Room)] };
        Assert.Equal(new Refusal.NeedUnmet(ResourceKind.Room), Assert.Single(Place(noRoom.Diary(), Wish(9)).Against));
    }

    [Fact]
    public void Windows_and_caps_are_rules_for_staff_too_but_they_may_know_better()
    {
        var type = Check with { DailyCap = 1, Windows = [new WeeklyHours(IsoDayOfWeek.Tuesday, new LocalTime(8, 0), new LocalTime(9, 0))] };
        var diary = type.Diary(Place(type.Diary(), Wish(8)).Visit);
        Assert.Equal([typeof(Refusal.OutsideWindow), typeof(Refusal.DayFull)], Place(diary, Wish(9)).Against.Select(one => one.GetType()));
    }

    [Fact]
    public void What_no_visit_can_be_is_refused()
    {
        var diary = Ours.Diary();
        Assert.IsType<Refusal.OffGrid>(WhyImpossible(diary, Wish(9) with { Start = At(3, 9) + Duration.FromMinutes(1) }));
        Assert.IsType<Refusal.OffGrid>(WhyImpossible(diary, Wish(9) with { Minutes = 7 }));
        Assert.IsType<Refusal.OffGrid>(WhyImpossible(diary, Wish(9) with { Minutes = 725 }));
        Assert.IsType<Refusal.TooFar>(WhyImpossible(diary, Wish(9) with { Start = At(new LocalDateTime(9999, 3, 2, 9, 0)) }));
        Assert.IsType<Refusal.Past>(WhyImpossible(diary, Wish(9) with { Start = At(new LocalDateTime(1900, 3, 2, 9, 0)) }));
        Assert.IsType<Refusal.WrongNumberOfAnimals>(WhyImpossible(diary, Wish(9) with { Species = [] }));
        Assert.Equal(new Refusal.VetNotSuitable("nobody"), WhyImpossible(diary, Wish(9, 0, "nobody")));
        Assert.IsType<Refusal.NotOnline>(WhyImpossible(diary, Wish(9) with { VisitType = "gone" }));
        Assert.IsType<Refusal.NobodyThere>(WhyImpossible(diary, Wish(9) with { VisitType = "gone", Minutes = 20 }));
    }

    [Fact]
    public void A_visit_keeps_what_it_had_and_what_staff_added_to_it()
    {
        var visit = Place(Ours.Diary(), Wish(9, 0, "ben", "room2", "xray")).Visit;
        Assert.Equal(["ben", "room2", "xray"], visit.Occupancies.Select(one => one.Resource));
        var diary = Ours.Diary(visit);
        var moved = Assert.IsType<PlacingAnswer.Placed>(diary.Replace(visit, Wish(9, 10, "anna") with { Before = ["room2", "xray"] }, Now));
        Assert.Equal("anna room2 xray", Who(moved));
        Assert.Empty(moved.InTheWay);

        var gone = Assert.IsType<PlacingAnswer.Placed>(diary.Replace(visit, Wish(9, 10, "anna") with { VisitType = "gone", Minutes = 20, Before = ["room2", "xray"] }, Now));
        Assert.Equal("anna room2 xray", Who(gone));
        Assert.IsType<Refusal.NotOnline>(Assert.Single(gone.Against));
    }

    [Fact]
    public void Buffers_and_travel_are_taken_too()
    {
        var type = Check with { BufferBefore = 5, BufferAfter = 10, Travel = 15 };
        var placed = Place(type.Diary(), Wish(10, 0, "ben"));
        Assert.Equal([(-4, 9), (-1, 6)], placed.Visit.Occupancies.Select(one => (one.Range.From - Cells.At(At(3, 10)), one.Range.To - Cells.At(At(3, 10)))));
    }

    [Fact]
    public void What_lies_over_something_else_can_go_and_the_other_stays_taken()
    {
        var random = new Random(4711);
        var diary = Ours.Diary();
        var stretches = new List<Occupancy>();
        var first = Cells.At(At(3, 8));
        for (var i = 0; i < 4000; i++)
        {
            if (stretches.Count > 0 && random.Next(2) == 0)
            {
                var gone = stretches[random.Next(stretches.Count)];
                stretches.Remove(gone);
                diary = diary.Without(gone);
            }
            else
            {
                var from = first + random.Next(30);
                var more = new Occupancy("ben", new CellRange(from, from + 1 + random.Next(6)));
                stretches.Add(more);
                diary = diary.With(more);
            }
            if (i % 100 == 0) diary = Scheduling.Diary.For(Ours, Days, [], stretches);
            for (var cell = first; cell < first + 40; cell++)
            {
                var one = new CellRange(cell, cell + 1);
                Assert.Equal(stretches.Exists(other => other.Range.Overlaps(one)), diary.IsTaken(new Occupancy("ben", one)));
            }
        }
    }
}
