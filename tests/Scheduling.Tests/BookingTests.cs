using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

public class BookingTests
{
    [Fact]
    public void A_free_start_is_booked_with_one_resource_for_each_need()
    {
        var answer = Check.Diary().MustBook(Dog, At(3, 9));
        Assert.Equal(("anna", VisitState.Booked, 20), (answer.Vet, answer.State, answer.Visit.Minutes));
        Assert.Equal([("anna", 9 * 60, 9 * 60 + 20), ("room1", 9 * 60, 9 * 60 + 20)], Occupied(answer.Visit));
    }

    [Fact]
    public void The_longest_animal_counts_and_each_further_one_adds_its_minutes()
    {
        var visit = Check.Diary().MustBook(Dog with { Species = ["cat", "horse", "dog"] }, At(3, 9)).Visit;
        Assert.Equal(45 + 10 + 10, visit.Minutes);
    }

    [Fact]
    public void Lengths_are_rounded_up_to_the_cell()
    {
        var type = Check with { MinutesBySpecies = ImmutableDictionary<string, int>.Empty.Add("dog", 17), BufferAfter = 3 };
        var visit = type.Diary().MustBook(Dog, At(3, 9)).Visit;
        Assert.Equal(20, visit.Minutes);
        Assert.Equal(("anna", 540, 565), Occupied(visit)[0]);
    }

    [Fact]
    public void Buffers_before_and_after_differ_and_travel_takes_only_the_people()
    {
        var type = Check with { BufferBefore = 10, BufferAfter = 5, Travel = 30, BuffersMayExceedHours = true };
        var visit = type.Diary().MustBook(Dog, At(3, 9)).Visit;
        Assert.Equal([("anna", 540 - 40, 560 + 35), ("room1", 540 - 10, 560 + 5)], Occupied(visit));
    }

    [Fact]
    public void The_next_visit_may_touch_the_buffers_and_not_cut_them()
    {
        var type = Check with { BufferBefore = 10, BufferAfter = 5, GridMinutes = 5, Needs = [Just("anna")] };
        var diary = type.Diary().After(Dog, At(3, 9));
        // 8:50–9:25 is taken; a visit of 20 minutes takes from 10 before to 5 after.
        diary.MustRefuse<Refusal.Taken>(Dog, At(3, 8, 30));
        diary.MustBook(Dog, At(3, 8, 25));
        diary.MustRefuse<Refusal.Taken>(Dog, At(3, 9, 30));
        diary.MustBook(Dog, At(3, 9, 35));
    }

    [Theory]
    [InlineData(false, "08:10", "17:35")]
    [InlineData(true, "08:00", "17:40")]
    public void Buffers_reach_beyond_working_time_only_if_they_may(bool may, string first, string last)
    {
        var type = Check with { BufferBefore = 10, BufferAfter = 5, GridMinutes = 5, BuffersMayExceedHours = may };
        var starts = type.Diary().On(3).Times();
        Assert.StartsWith(first, starts);
        Assert.EndsWith(last, starts);
    }

    [Fact]
    public void Two_needs_for_a_vet_are_never_filled_by_the_same_vet()
    {
        var type = Check with { Needs = [Vet, Vet, Room] };
        var diary = type.Diary();
        Assert.Equal(["anna", "ben", "room1"], diary.MustBook(Dog, At(3, 9)).Visit.Occupancies.Select(one => one.Resource));
        Ours.With(type).With("ben", one => one with { Skills = [] }).Diary().MustRefuse<Refusal.NobodyThere>(Dog, At(3, 9));
    }

    [Fact]
    public void A_need_that_can_be_filled_by_one_person_only_gets_that_person()
    {
        var type = Check with { Needs = [Vet, Just("anna")] };
        var answer = type.Diary().MustBook(Dog, At(3, 9));
        Assert.Equal("ben", answer.Vet);
        Assert.Equal(["ben", "anna"], answer.Visit.Occupancies.Select(one => one.Resource));
        type.Diary().MustRefuse<Refusal.NobodyThere>(Dog with { Vet = "anna" }, At(3, 9));
    }

    [Fact]
    public void Any_vet_means_the_one_with_the_least_to_do_that_day()
    {
        var diary = Check.Diary().After(Dog with { Vet = "anna" }, At(3, 9));
        Assert.Equal("ben", diary.MustBook(Dog, At(3, 15)).Vet);
        Assert.Equal("ben", diary.On(3).Starts[0].Vet);
        Assert.Equal("anna", diary.MustBook(Dog, At(4, 15)).Vet);
    }

    [Fact]
    public void The_device_can_be_what_is_missing()
    {
        var diary = (Check with { Needs = [Vet, Room, Just("xray")] }).Diary();
        diary.After(Dog, At(3, 9)).MustRefuse<Refusal.Taken>(Dog, At(3, 9));
    }

    [Fact]
    public void A_type_that_only_needs_a_room_has_no_vet()
    {
        var diary = (Check with { Needs = [Room] }).Diary();
        Assert.Equal("", diary.MustBook(Dog, At(3, 9)).Vet);
        diary.MustRefuse<Refusal.VetNotSuitable>(Dog with { Vet = "anna" }, At(3, 9));
    }

    [Fact]
    public void When_nobody_can_do_it_any_more_the_assistant_is_not_called_the_vet()
    {
        var type = Check with { Needs = [new(ResourceKind.Person, []) { Skill = "surgery" }, Just("cleo")] };
        type.Diary().MustRefuse<Refusal.VetNotSuitable>(Dog with { Vet = "cleo" }, At(3, 9));
        type.Diary().MustRefuse<Refusal.NobodyThere>(Dog, At(3, 9));
    }

    [Fact]
    public void The_state_at_first_follows_the_type_and_who_books()
    {
        Assert.Equal(VisitState.Held, State(Check with { Mode = BookingMode.AfterConfirmation }, Dog));
        Assert.Equal(VisitState.Held, State(Check with { Audience = Audience.KnownOwners }, Dog));
        Assert.Equal(VisitState.Requested, State(Check with { Mode = BookingMode.OnRequest }, Dog));
        Assert.Equal(VisitState.Booked, State(Check with { Mode = BookingMode.OnRequest }, DogByStaff));

        static VisitState State(VisitType type, VisitRequest request) => type.Diary().MustBook(request, At(3, 9)).State;
    }

    [Fact]
    public void Staff_are_not_bound_by_notice_horizon_windows_and_cap()
    {
        var type = Check with
        {
            Audience = Audience.StaffOnly,
            Lead = Duration.FromDays(3),
            HorizonDays = 5,
            DailyCap = 0,
            Windows = [new(IsoDayOfWeek.Friday, new(8, 0), new(9, 0))],
        };
        type.Diary().MustBook(DogByStaff, At(2, 8));
        type.Diary().MustBook(DogByStaff, At(31, 8));
        Assert.Equal(46, type.Diary().On(31, DogByStaff).Starts.Length);
    }

    [Fact]
    public void A_visit_that_names_somebody_who_has_left_does_no_harm()
    {
        var visit = Check.Diary().MustBook(Dog, At(3, 9)).Visit;
        var gone = Ours with { Resources = [.. Ours.Resources.Where(one => one.Id != "anna")] };
        var diary = gone.Diary(visit);
        Assert.Equal(["ben", "room2"], diary.MustBook(Dog, At(3, 9)).Visit.Occupancies.Select(one => one.Resource));
        Assert.Equal("room1", diary.Without(visit).MustBook(Dog, At(3, 9)).Visit.Occupancies[1].Resource);
        Assert.Equal("room2", diary.Without(visit).With(visit).MustBook(Dog, At(3, 9)).Visit.Occupancies[1].Resource);
    }

    [Fact]
    public void Reading_is_safe_while_somebody_writes()
    {
        var type = Check with { Needs = [Just("anna")], DailyCap = 1 };
        var before = type.Diary();
        var seen = before.On(3).Times();
        var visit = before.MustBook(Dog, At(3, 9)).Visit;
        var after = before.With(visit);
        var again = after.Without(visit);

        Assert.Equal(seen, before.On(3).Times());
        Assert.Equal("", after.On(3).Times());
        Assert.Equal(seen, again.On(3).Times());
        after.MustRefuse<Refusal.Taken>(DogByStaff, At(3, 9));
    }

    [Fact]
    public void Taking_out_a_visit_that_was_never_in_does_not_raise_the_cap()
    {
        var diary = (Check with { DailyCap = 1 }).Diary();
        var visit = diary.MustBook(Dog, At(3, 9)).Visit;
        diary.Without(visit).With(visit).MustRefuse<Refusal.DayFull>(Dog, At(3, 15));
    }

    private static (string, int, int)[] Occupied(Visit visit)
    {
        var midnight = Cells.At(At(3, 0));
        return [.. visit.Occupancies.Select(one => (one.Resource, (one.Range.From - midnight) * 5, (one.Range.To - midnight) * 5))];
    }
}
