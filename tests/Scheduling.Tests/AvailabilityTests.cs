using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

public class AvailabilityTests
{
    private static readonly VisitType HalfHourly = Check with { GridMinutes = 30 };

    [Fact]
    public void Free_starts_fill_the_open_hours_and_end_in_time() =>
        Assert.Equal(
            "08:00 08:30 09:00 09:30 10:00 10:30 11:00 11:30 14:00 14:30 15:00 15:30 16:00 16:30 17:00 17:30",
            HalfHourly.Diary().On(3).Times());

    [Fact]
    public void The_last_start_leaves_room_for_the_whole_visit()
    {
        var starts = Check.Diary().On(3).Times();
        Assert.Contains("11:40 14:00", starts);
        Assert.EndsWith("17:40", starts);
    }

    [Fact]
    public void A_window_allows_starts_and_not_the_time_after_them()
    {
        var type = HalfHourly with { Windows = [new(IsoDayOfWeek.Tuesday, new(9, 0), new(10, 0)), new(IsoDayOfWeek.Tuesday, new(16, 30), new(17, 0))] };
        Assert.Equal("09:00 09:30 16:30", type.Diary().On(3).Times());
        Assert.Equal("", type.Diary().On(4).Times());
    }

    [Fact]
    public void A_window_over_midnight_goes_on_in_the_morning_after()
    {
        var type = HalfHourly with { GridMinutes = 60, Windows = [new(IsoDayOfWeek.Monday, new(22, 0), new(2, 0))] };
        var practice = AllDay.With(type);
        Assert.Equal("22:00 23:00", practice.Diary().On(2).Times());
        Assert.Equal("00:00 01:00", practice.Diary().On(3).Times());
        practice.Diary().MustBook(Dog, At(3, 1));
        practice.Diary().MustRefuse<Refusal.OutsideWindow>(Dog, At(3, 2));
    }

    [Fact]
    public void Overnight_hours_belong_to_the_day_on_which_they_begin()
    {
        var practice = (Ours with { Opening = [new(IsoDayOfWeek.Tuesday, new(22, 0), new(2, 0))] }).With(HalfHourly with { GridMinutes = 60 });
        Assert.Equal("22:00 23:00", practice.Diary().On(3).Times());
        Assert.Equal("00:00 01:00", practice.Diary().On(4).Times());

        var closedAfter = practice with { Closures = [new(new(2026, 3, 4), new(2026, 3, 4))] };
        Assert.Equal("00:00 01:00", closedAfter.Diary().On(4).Times());
        var closedBefore = practice with { Closures = [new(new(2026, 3, 3), new(2026, 3, 3))] };
        Assert.Equal("", closedBefore.Diary().On(4).Times());
    }

    [Fact]
    public void The_night_before_the_first_day_of_the_diary_reaches_into_it()
    {
        var practice = (Ours with { Opening = [new(IsoDayOfWeek.Saturday, new(22, 0), new(2, 0))] }).With(HalfHourly with { GridMinutes = 60 });
        Assert.Equal("00:00 01:00", practice.Diary().On(1, now: At(1, 0)).Times());
    }

    [Fact]
    public void A_visit_may_last_over_midnight_but_not_over_the_end_of_the_diary()
    {
        var diary = AllDay.With(Check with { GridMinutes = 60, MinutesBySpecies = ImmutableDictionary<string, int>.Empty.Add("dog", 26 * 60) }).Diary();
        Assert.EndsWith("22:00 23:00", diary.On(3).Times());
        var visit = diary.MustBook(Dog, At(3, 23)).Visit;
        Assert.DoesNotContain("anna", diary.With(visit).On(4).Starts.Select(one => one.Vet));
        Assert.StartsWith("01:00", diary.With(visit).On(5, Dog with { Vet = "anna" }).Times());

        var end = diary.FreeStarts(Dog, new(Days.End.PlusDays(-1), Days.End), Now).Select(day => day.Starts.Length);
        Assert.Equal([23, 0], end);
        diary.MustRefuse<Refusal.TooFar>(Dog, At(Days.End.AtMidnight()));
    }

    [Fact]
    public void Opening_hours_hold_from_their_first_to_their_last_date()
    {
        var practice = Ours with
        {
            Opening =
            [
                new(IsoDayOfWeek.Tuesday, new(8, 0), new(9, 0)) { ValidTo = new(2026, 3, 10) },
                new(IsoDayOfWeek.Tuesday, new(15, 0), new(16, 0)) { ValidFrom = new(2026, 3, 17), ValidTo = new(2026, 3, 24) },
            ],
        };
        var diary = practice.With(HalfHourly).Diary();
        Assert.Equal("08:00 08:30", diary.On(3).Times());
        Assert.Equal("08:00 08:30", diary.On(10).Times());
        Assert.Equal("15:00 15:30", diary.On(17).Times());
        Assert.Equal("15:00 15:30", diary.On(24).Times());
        Assert.Equal("", diary.On(31).Times());
    }

    [Fact]
    public void Alternating_weeks_follow_the_number_of_the_week()
    {
        // 2 March 2026 begins week 10.
        var practice = Ours.With("anna", one => one with { Shifts = [.. Weekdays(8, 9).Select(hours => hours with { Rhythm = WeekRhythm.EvenWeeks })] })
            .With("ben", one => one with { Shifts = [.. Weekdays(8, 9).Select(hours => hours with { Rhythm = WeekRhythm.OddWeeks })] });
        var diary = practice.With(HalfHourly).Diary();
        Assert.All(diary.On(3).Starts, one => Assert.Equal("anna", one.Vet));
        Assert.All(diary.On(10).Starts, one => Assert.Equal("ben", one.Vet));
        Assert.Equal("08:00 08:30", diary.On(10).Times());
    }

    [Fact]
    public void A_closed_day_says_why()
    {
        var practice = Ours with
        {
            Holidays = new(Land.BE),
            Closures = [new(new(2026, 3, 4), new(2026, 3, 6)) { Reason = "Fortbildung", Substitute = "Dr. Grün" }],
        };
        var closed = practice.Diary().On(5);
        Assert.Equal(("Fortbildung", false, 0), (closed.Closure?.Reason, closed.IsOpen, closed.Starts.Length));
        Assert.True(practice.Diary().On(3).IsOpen);
        Assert.Null(practice.Diary().On(3).Closure);
        Assert.Equal(Holiday.WomensDay, practice.Diary().On(8).Closure?.Holiday);

        var (goodFriday, noon) = (new LocalDate(2026, 4, 3), new LocalTime(9, 0));
        var refusal = practice.Diary().MustRefuse<Refusal.Closed>(Dog, At(goodFriday + noon));
        Assert.Equal(Holiday.GoodFriday, refusal.Because?.Holiday);
    }

    [Fact]
    public void A_full_day_is_open_without_starts()
    {
        var practice = Ours.With("anna", Away).With("ben", Away);
        var day = practice.Diary().On(3);
        Assert.True(day.IsOpen);
        Assert.Empty(day.Starts);

        static Resource Away(Resource one) => one with { Absences = [new(new(2026, 3, 3, 0, 0), new(2026, 3, 4, 0, 0))] };
    }

    [Fact]
    public void An_absence_takes_every_cell_it_touches()
    {
        var practice = Ours.With("anna", one => one with { Absences = [new(new(2026, 3, 3, 8, 58), new(2026, 3, 3, 9, 22))] });
        var type = Check with { GridMinutes = 5, Needs = [Just("anna")] };
        var starts = practice.With(type).Diary().On(3).Times();
        Assert.Contains("08:30 08:35 09:25", starts);
    }

    [Fact]
    public void An_absence_without_an_end_in_sight_is_no_trouble()
    {
        var practice = Ours.With("anna", one => one with { Absences = [new(new(2026, 3, 10, 0, 0), new(9999, 12, 31, 23, 59))] });
        var diary = practice.With(Check with { Needs = [Just("anna")] }).Diary();
        Assert.NotEmpty(diary.On(9).Starts);
        Assert.Empty(diary.On(10).Starts);
    }

    [Fact]
    public void Hours_off_the_grid_count_only_with_their_whole_cells()
    {
        var practice = Ours with { Opening = [new(IsoDayOfWeek.Tuesday, new(8, 2), new(8, 33))] };
        Assert.Equal("08:05 08:10", practice.With(Check with { GridMinutes = 5 }).Diary().On(3).Times());
    }

    [Fact]
    public void Notice_counts_in_hours_that_pass_even_when_the_clocks_change()
    {
        // The clocks go forward at 2:00 on 29 March 2026: from Saturday 12:00, 24 hours end on Sunday at 13:00.
        var type = Check with { Lead = Duration.FromHours(24), GridMinutes = 60 };
        var diary = AllDay.With(type).Diary();
        Assert.StartsWith("13:00", diary.On(29, now: At(28, 12)).Times());
        var refusal = diary.MustRefuse<Refusal.TooSoon>(Dog, At(29, 12), At(28, 12));
        Assert.Equal(At(29, 13), refusal.Earliest);
    }

    [Fact]
    public void The_horizon_counts_days_and_zero_is_today()
    {
        var diary = (Check with { HorizonDays = 0 }).Diary();
        Assert.NotEmpty(diary.On(2).Starts);
        Assert.Empty(diary.On(3).Starts);
        Assert.NotEmpty((Check with { HorizonDays = 1 }).Diary().On(3).Starts);
        Assert.NotEmpty((Check with { HorizonDays = int.MaxValue }).Diary().On(31).Starts);
    }

    [Fact]
    public void Next_free_is_the_first_start_from_now_on()
    {
        Assert.Equal(new FreeStart(At(2, 8), "anna"), Check.Diary().NextFree(Dog, Now));
        Assert.Equal(At(2, 14), Check.Diary().NextFree(Dog, At(2, 11, 41))?.Start);
        Assert.Null(Check.Diary().NextFree(Dog with { Species = ["fish"] }, Now));
        Assert.Null(Check.Diary().NextFree(Dog, At(new LocalDateTime(2027, 1, 1, 0, 0))));
    }

    [Fact]
    public void A_day_outside_the_diary_is_not_listed() =>
        Assert.Empty(Check.Diary().FreeStarts(Dog, new(new(2027, 1, 1), new(2027, 1, 9)), Now));

    private static Practice AllDay =>
        Ours with { Opening = [.. Enumerable.Range(1, 7).Select(day => new WeeklyHours((IsoDayOfWeek)day, LocalTime.Midnight, LocalTime.Midnight))] };
}
