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
