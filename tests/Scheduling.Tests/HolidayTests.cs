using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Tests;

public class HolidayTests
{
    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2028, 4, 16)]
    [InlineData(2029, 4, 1)]
    [InlineData(2030, 4, 21)]
    [InlineData(2031, 4, 13)]
    [InlineData(2032, 3, 28)]
    [InlineData(2033, 4, 17)]
    [InlineData(2034, 4, 9)]
    [InlineData(2035, 3, 25)]
    [InlineData(2036, 4, 13)]
    [InlineData(2037, 4, 5)]
    [InlineData(2038, 4, 25)]
    [InlineData(2039, 4, 10)]
    [InlineData(2040, 4, 1)]
    public void Easter_is_on_its_date(int year, int month, int day) => Assert.Equal(new LocalDate(year, month, day), Easter.Sunday(year));

    [Theory]
    [InlineData(Land.BY, 2025, "01-01 01-06 04-18 04-21 05-01 05-29 06-09 06-19 10-03 11-01 12-25 12-26")]
    [InlineData(Land.BY, 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26")]
    [InlineData(Land.BE, 2025, "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26")]
    [InlineData(Land.BE, 2026, "01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
    [InlineData(Land.BE, 2028, "01-01 03-08 04-14 04-17 05-01 05-25 06-05 06-17 10-03 12-25 12-26")]
    [InlineData(Land.BB, 2025, "01-01 04-18 04-20 04-21 05-01 05-29 06-08 06-09 10-03 10-31 12-25 12-26")]
    [InlineData(Land.BB, 2026, "01-01 04-03 04-05 04-06 05-01 05-14 05-24 05-25 10-03 10-31 12-25 12-26")]
    [InlineData(Land.SN, 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 10-31 11-19 12-25 12-26")]
    [InlineData(Land.SN, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26")]
    [InlineData(Land.TH, 2025, "01-01 04-18 04-21 05-01 05-29 06-09 09-20 10-03 10-31 12-25 12-26")]
    [InlineData(Land.TH, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 09-20 10-03 10-31 12-25 12-26")]
    [InlineData(Land.SL, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 08-15 10-03 11-01 12-25 12-26")]
    [InlineData(Land.BW, 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26")]
    [InlineData(Land.HE, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 12-25 12-26")]
    [InlineData(Land.NW, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26")]
    [InlineData(Land.RP, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26")]
    [InlineData(Land.ST, 2026, "01-01 01-06 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    [InlineData(Land.MV, 2026, "01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    [InlineData(Land.HB, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    [InlineData(Land.HH, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    [InlineData(Land.NI, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    [InlineData(Land.SH, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    public void A_Land_has_these_holidays_in_a_year(Land land, int year, string expected) => Assert.Equal(expected, HolidaysOf(new(land), year));

    [Theory]
    [InlineData(Land.BW, 12)]
    [InlineData(Land.BY, 12)]
    [InlineData(Land.BE, 10)]
    [InlineData(Land.BB, 12)]
    [InlineData(Land.HB, 10)]
    [InlineData(Land.HH, 10)]
    [InlineData(Land.HE, 10)]
    [InlineData(Land.MV, 11)]
    [InlineData(Land.NI, 10)]
    [InlineData(Land.NW, 11)]
    [InlineData(Land.RP, 11)]
    [InlineData(Land.SL, 12)]
    [InlineData(Land.SN, 11)]
    [InlineData(Land.ST, 11)]
    [InlineData(Land.SH, 10)]
    [InlineData(Land.TH, 11)]
    public void A_Land_has_as_many_holidays_every_year_apart_from_those_of_one_year_only(Land land, int expected)
    {
        for (var year = 2024; year <= 2040; year++)
        {
            var once = land == Land.BE && (year is 2025 or 2028) ? 1 : 0;
            Assert.Equal(expected + once, HolidaysOf(new(land), year).Split(' ').Length);
        }
    }

    [Theory]
    [InlineData(Land.BE, 2018, 3, 8, null)]
    [InlineData(Land.BE, 2019, 3, 8, Holiday.WomensDay)]
    [InlineData(Land.MV, 2022, 3, 8, null)]
    [InlineData(Land.MV, 2023, 3, 8, Holiday.WomensDay)]
    [InlineData(Land.TH, 2018, 9, 20, null)]
    [InlineData(Land.TH, 2019, 9, 20, Holiday.ChildrensDay)]
    [InlineData(Land.HH, 2016, 10, 31, null)]
    [InlineData(Land.HB, 2018, 10, 31, Holiday.Reformation)]
    [InlineData(Land.HH, 2018, 10, 31, Holiday.Reformation)]
    [InlineData(Land.NI, 2018, 10, 31, Holiday.Reformation)]
    [InlineData(Land.SH, 2018, 10, 31, Holiday.Reformation)]
    [InlineData(Land.BE, 2024, 5, 8, null)]
    [InlineData(Land.BE, 2025, 5, 8, Holiday.LiberationDay)]
    [InlineData(Land.BE, 2026, 5, 8, null)]
    [InlineData(Land.BB, 2025, 5, 8, null)]
    [InlineData(Land.BE, 2027, 6, 17, null)]
    [InlineData(Land.BE, 2028, 6, 17, Holiday.PeacefulUprising1953)]
    [InlineData(Land.BE, 2029, 6, 17, null)]
    [InlineData(Land.SN, 2033, 11, 16, Holiday.RepentanceDay)]
    [InlineData(Land.SN, 2028, 11, 22, Holiday.RepentanceDay)]
    [InlineData(Land.SN, 2028, 11, 15, null)]
    [InlineData(Land.SN, 2028, 11, 29, null)]
    [InlineData(Land.HE, 2026, 4, 5, null)]
    [InlineData(Land.BB, 2026, 4, 5, Holiday.EasterSunday)]
    [InlineData(Land.BB, 2026, 5, 24, Holiday.WhitSunday)]
    [InlineData(Land.BW, 2060, 1, 6, Holiday.Epiphany)]
    public void A_holiday_holds_from_the_year_of_its_law(Land land, int year, int month, int day, Holiday? expected) =>
        Assert.Equal(expected, new HolidayRegion(land).On(new LocalDate(year, month, day)));

    [Fact]
    public void A_regional_holiday_holds_only_where_it_was_chosen()
    {
        var augsburg = new HolidayRegion(Land.BY) { Regional = [Holiday.PeaceFestival, Holiday.Assumption] };
        var munich = new HolidayRegion(Land.BY) { Regional = [Holiday.Assumption] };
        var bautzen = new HolidayRegion(Land.SN) { Regional = [Holiday.CorpusChristi] };
        var (peace, assumption, corpusChristi) = (new LocalDate(2026, 8, 8), new LocalDate(2026, 8, 15), new LocalDate(2026, 6, 4));

        Assert.Equal(Holiday.PeaceFestival, augsburg.On(peace));
        Assert.Null(munich.On(peace));
        Assert.Equal(Holiday.Assumption, munich.On(assumption));
        Assert.Null(new HolidayRegion(Land.BY).On(assumption));
        Assert.Equal(Holiday.CorpusChristi, bautzen.On(corpusChristi));
        Assert.Null(new HolidayRegion(Land.SN).On(corpusChristi));
    }

    [Fact]
    public void A_choice_the_Land_does_not_offer_changes_nothing()
    {
        var hamburg = new HolidayRegion(Land.HH) { Regional = [Holiday.Epiphany, Holiday.CorpusChristi] };
        Assert.Equal(HolidaysOf(new(Land.HH), 2026), HolidaysOf(hamburg, 2026));
    }

    [Fact]
    public void Only_three_Laender_have_regional_holidays_to_choose_from()
    {
        Assert.Equal([Holiday.PeaceFestival, Holiday.Assumption], HolidayRegion.OptionsOf(Land.BY));
        Assert.Equal([Holiday.CorpusChristi], HolidayRegion.OptionsOf(Land.SN));
        Assert.Equal([Holiday.CorpusChristi], HolidayRegion.OptionsOf(Land.TH));
        foreach (var land in Enum.GetValues<Land>().Except([Land.BY, Land.SN, Land.TH])) Assert.Empty(HolidayRegion.OptionsOf(land));
    }

    private static string HolidaysOf(HolidayRegion region, int year) => string.Join(' ', Enumerable
        .Range(0, 366)
        .Select(day => new LocalDate(year, 1, 1).PlusDays(day))
        .Where(date => date.Year == year && region.On(date) is not null)
        .Select(date => date.ToString("MM-dd", null)));
}
