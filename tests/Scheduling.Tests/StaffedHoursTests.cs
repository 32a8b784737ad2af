using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

/// <summary>How long people are at work in each hour of the week.</summary>
public sealed class StaffedHoursTests
{
    [Fact]
    public void Hours_of_all_people_add_up_over_the_days_without_what_somebody_is_away()
    {
        var ben = Ours.Resources[1] with { Absences = [new Absence(new LocalDateTime(2026, 3, 3, 0, 0), new LocalDateTime(2026, 3, 3, 9, 30))] };
        var minutes = StaffedHours.Of(Ours with { Resources = Ours.Resources.SetItem(1, ben) }, new DateInterval(new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 15)));
        Assert.Equal((0, 360, 360, 0, 360), (minutes[1, 7], minutes[1, 8], minutes[1, 11], minutes[1, 12], minutes[1, 17]));
        Assert.Equal((300, 330, 360), (minutes[2, 8], minutes[2, 9], minutes[2, 10]));
        Assert.Equal(0, minutes[6, 10]);
    }

    [Fact]
    public void What_staff_block_is_offered_to_nobody_and_counts_once_where_nobody_is_at_work_anyway()
    {
        var day = new DateInterval(new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 2));
        CellRange Range(int from, int to) => new(Cells.At(At(2, from)), Cells.At(At(2, to)));
        int Hour(int hour, params Occupancy[] blocked) => StaffedHours.Of(Ours, day, blocked)[1, hour];
        var ann = Ours.Resources[0].Id;
        Assert.Equal((Hour(8) - 60, Hour(9)), (Hour(8, new Occupancy(ann, Range(8, 9))), Hour(9, new Occupancy(ann, Range(8, 9)))));
        Assert.Equal((Hour(7), Hour(8) - 60), (Hour(7, new Occupancy(ann, Range(6, 9))), Hour(8, new Occupancy(ann, Range(6, 9)))));
        // A room that is cleaned takes nobody's time.
        Assert.Equal(Hour(8), Hour(8, new Occupancy(Ours.Resources.First(one => one.Kind == ResourceKind.Room).Id, Range(8, 9))));
    }

    [Theory]
    [InlineData("2026-03-29", 60, 0, 60)]
    [InlineData("2026-10-25", 60, 120, 60)]
    public void A_day_on_which_the_clocks_change_has_its_own_hours(string day, int one, int two, int three)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var always = Ours with { Opening = [new WeeklyHours(IsoDayOfWeek.Sunday, LocalTime.Midnight, LocalTime.Midnight)], Resources = [Ours.Resources[0]] };
        var minutes = StaffedHours.Of(always, new DateInterval(date, date));
        Assert.Equal((one, two, three), (minutes[7, 1], minutes[7, 2], minutes[7, 3]));
    }
}
