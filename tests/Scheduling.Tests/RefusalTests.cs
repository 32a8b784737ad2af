using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

public class RefusalTests
{
    [Fact]
    public void An_unknown_type_is_not_booked_online() => Check.Diary().MustRefuse<Refusal.NotOnline>(Dog with { VisitType = "spa" }, At(3, 9));

    [Fact]
    public void A_type_for_staff_is_not_booked_online() => (Check with { Audience = Audience.StaffOnly }).Diary().MustRefuse<Refusal.NotOnline>(Dog, At(3, 9));

    [Fact]
    public void A_type_that_takes_up_nothing_is_not_booked_online()
    {
        var diary = (Check with { Needs = [] }).Diary();
        diary.MustRefuse<Refusal.NotOnline>(Dog, At(3, 3));
        Assert.Null(diary.NextFree(Dog, Now));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_visit_has_one_to_six_animals(int animals) =>
        Assert.Equal(6, Check.Diary().MustRefuse<Refusal.WrongNumberOfAnimals>(Dog with { Species = [.. Enumerable.Repeat("dog", animals)] }, At(3, 9)).Most);

    [Fact]
    public void No_list_of_animals_is_no_animal() => Check.Diary().MustRefuse<Refusal.WrongNumberOfAnimals>(Dog with { Species = default }, At(3, 9));

    [Fact]
    public void A_species_that_is_not_treated_is_named() =>
        Assert.Equal("fish", Check.Diary().MustRefuse<Refusal.SpeciesNotTreated>(Dog with { Species = ["dog", "fish"] }, At(3, 9)).Species);

    [Theory]
    [InlineData("cleo")]
    [InlineData("room1")]
    [InlineData("nobody")]
    public void Somebody_who_does_not_do_it_cannot_be_asked_for(string vet) => Check.Diary().MustRefuse<Refusal.VetNotSuitable>(Dog with { Vet = vet }, At(3, 9));

    [Fact]
    public void A_start_off_the_grid_is_never_adjusted()
    {
        Assert.Equal(10, Check.Diary().MustRefuse<Refusal.OffGrid>(Dog, At(3, 9, 5)).GridMinutes);
        Check.Diary().MustRefuse<Refusal.OffGrid>(Dog, At(3, 9, 1));
        Check.Diary().MustRefuse<Refusal.OffGrid>(Dog, At(3, 9).PlusNanoseconds(1));
        Check.Diary().MustRefuse<Refusal.OffGrid>(DogByStaff, At(3, 9, 5));
    }

    [Fact]
    public void What_has_passed_has_passed_for_staff_too()
    {
        Check.Diary().MustRefuse<Refusal.Past>(Dog, At(3, 9), At(3, 9).PlusNanoseconds(1));
        Check.Diary().MustRefuse<Refusal.Past>(DogByStaff, At(3, 9), At(3, 9, 1));
        Check.Diary().MustBook(Dog, At(3, 9), At(3, 9));
    }

    [Fact]
    public void Too_soon_says_when_it_would_do()
    {
        var diary = (Check with { Lead = Duration.FromMinutes(90) }).Diary();
        Assert.Equal(At(3, 9, 41), diary.MustRefuse<Refusal.TooSoon>(Dog, At(3, 9, 40), At(3, 8, 11)).Earliest);
        diary.MustBook(Dog, At(3, 9, 40), At(3, 8, 10));
        diary.MustBook(Dog, At(3, 9, 50), At(3, 8, 11));
    }

    [Fact]
    public void Too_far_names_the_last_date()
    {
        var diary = (Check with { HorizonDays = 10 }).Diary();
        Assert.Equal(new LocalDate(2026, 3, 12), diary.MustRefuse<Refusal.TooFar>(Dog, At(13, 9)).Last);
        diary.MustBook(Dog, At(12, 9));
        var june = At(new LocalDateTime(2026, 6, 1, 9, 0));
        Assert.Equal(Days.End, diary.MustRefuse<Refusal.TooFar>(DogByStaff, june).Last);
        Assert.Equal(Days.End, (Check with { HorizonDays = 300 }).Diary().MustRefuse<Refusal.TooFar>(Dog, june).Last);
    }

    [Fact]
    public void The_ends_of_time_are_refused_like_any_other_date()
    {
        Check.Diary().MustRefuse<Refusal.Past>(Dog, Instant.MinValue);
        Check.Diary().MustRefuse<Refusal.OffGrid>(Dog, Instant.MaxValue);
        Check.Diary().MustRefuse<Refusal.TooFar>(Dog, Instant.FromUtc(9999, 12, 31, 23, 50));
    }

    [Theory]
    [InlineData(3, 7, 50)]
    [InlineData(3, 11, 50)]
    [InlineData(3, 13, 0)]
    [InlineData(3, 17, 50)]
    [InlineData(7, 9, 0)]
    public void Outside_the_hours_the_practice_is_closed(int day, int hour, int minute) =>
        Assert.Null(Check.Diary().MustRefuse<Refusal.Closed>(Dog, At(day, hour, minute)).Because);

    [Fact]
    public void Outside_the_window_of_the_type() =>
        (Check with { Windows = [new(IsoDayOfWeek.Tuesday, new(9, 0), new(10, 0))] }).Diary().MustRefuse<Refusal.OutsideWindow>(Dog, At(3, 10));

    [Fact]
    public void A_day_holds_as_many_visits_as_its_cap()
    {
        var diary = (Check with { DailyCap = 2 }).Diary().After(Dog, At(3, 9));
        var full = diary.After(Dog, At(3, 10));
        Assert.Equal(2, full.MustRefuse<Refusal.DayFull>(Dog, At(3, 15)).Cap);
        Assert.Empty(full.On(3).Starts);
        full.MustBook(Dog, At(4, 15));
        full.MustBook(DogByStaff, At(3, 15));
    }

    [Fact]
    public void Nobody_is_there_when_all_who_could_do_it_are_away_or_leave_too_early()
    {
        var away = Ours.With("anna", one => one with { Absences = [new(new(2026, 3, 3, 8, 0), new(2026, 3, 3, 12, 0))] });
        away.Diary().MustRefuse<Refusal.NobodyThere>(Dog with { Vet = "anna" }, At(3, 9));
        away.Diary().MustBook(Dog, At(3, 9));
        (Check with { BufferAfter = 15 }).Diary().MustRefuse<Refusal.NobodyThere>(Dog, At(3, 11, 40));
    }

    [Fact]
    public void Taken_when_somebody_else_has_the_time()
    {
        var diary = Check.Diary().After(Dog, At(3, 9)).After(Dog, At(3, 9));
        diary.MustRefuse<Refusal.Taken>(Dog, At(3, 9));
        diary.MustRefuse<Refusal.Taken>(Dog, At(3, 9, 10));
        diary.MustRefuse<Refusal.Taken>(DogByStaff, At(3, 8, 50));
        diary.MustBook(Dog, At(3, 9, 20));
    }
}
