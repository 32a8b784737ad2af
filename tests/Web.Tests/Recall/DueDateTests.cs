using NodaTime;
using VetBooking.Web.Recall.Dates;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.Recall.Sending;

namespace VetBooking.Tests.Recall;

/// <summary>Dates: when something is due again, and when that is told.</summary>
public sealed class DueDateTests
{
    [Theory]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    [InlineData("2026-08-31", 6, "2027-02-28")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-03-30", 12, "2027-03-30")]
    public void An_interval_ends_on_the_same_day_of_the_month_or_its_last(string given, int months, string due) =>
        Assert.Equal(Day(due), DueDates.Next(new Given(Day(given), "", null, null), months));

    [Fact]
    public void What_somebody_sets_comes_first_then_the_product_then_the_rule()
    {
        var given = new Given(new LocalDate(2026, 5, 5), "", 6, new LocalDate(2026, 7, 7));
        Assert.Equal(new LocalDate(2026, 7, 7), DueDates.Next(given, 12));
        Assert.Equal(new LocalDate(2026, 11, 5), DueDates.Next(given with { DueByHand = null }, 12));
        Assert.Equal(new LocalDate(2027, 5, 5), DueDates.Next(given with { DueByHand = null, ProductMonths = null }, 12));
        Assert.Null(DueDates.Next(given with { DueByHand = null, ProductMonths = null }, null));
    }

    [Fact]
    public void Every_start_rule_has_a_source_an_edition_and_a_name_and_none_is_in_force()
    {
        Assert.True(RecallRule.Start.Count >= 10);
        Assert.All(RecallRule.Start, rule =>
        {
            Assert.NotEmpty(rule.Source);
            Assert.NotEmpty(rule.Edition);
            Assert.NotEqual(rule.Name("de"), rule.Name("en"));
            Assert.False(rule.IsInForce);
        });
        // Where sources disagree, nothing is asserted.
        Assert.All(RecallRule.Start.Where(rule => rule.Id is "katze-schnupfen" or "pferd-influenza" or "kaninchen-myxo-rhd"), rule => Assert.Null(rule.IntervalMonths));
    }

    [Fact]
    public void A_stage_is_ripe_from_its_day_until_two_months_after_the_date()
    {
        var item = new DueItem(1, 1, "rabies", new LocalDate(2027, 3, 1)) { AnimalName = "Bello", AheadDays = 21, RepeatDays = 28 };
        Assert.Null(item.RipeOn(new LocalDate(2027, 2, 7)));
        Assert.Equal(1, item.RipeOn(new LocalDate(2027, 2, 8)));
        Assert.Equal(1, item.RipeOn(new LocalDate(2027, 4, 30)));
        Assert.Null(item.RipeOn(new LocalDate(2027, 5, 1)));
        var told = item with { Told = new LocalDate(2027, 2, 8) };
        Assert.Null(told.RipeOn(new LocalDate(2027, 3, 7)));
        Assert.Equal(2, told.RipeOn(new LocalDate(2027, 3, 8)));
        Assert.Null((told with { IsToldAgain = true }).Next);
        Assert.Null((told with { RepeatDays = null }).Next);
    }

    private static LocalDate Day(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;
}
