using VetBooking.Web.Texts;

namespace VetBooking.Tests.Texts;

public class PluralRulesTests
{
    private static readonly int[] Numbers = [0, 1, 2, 3, 5, 11, 21, 22, 101];

    [Theory]
    [InlineData("de", "other one other other other other other other other")]
    [InlineData("en", "other one other other other other other other other")]
    [InlineData("tr", "other one other other other other other other other")]
    [InlineData("uk", "many one few few many many one few one")]
    [InlineData("ru", "many one few few many many one few one")]
    [InlineData("pl", "many one few few many many many few many")]
    [InlineData("ar", "zero one two few few many many many other")]
    [InlineData("fr", "one one other other other other other other other")]
    public void Each_language_sorts_numbers_as_CLDR_says(string language, string expected)
    {
        var actual = Numbers.Select(number => PluralRules.Of(language, number).ToString());
        Assert.Equal(expected, string.Join(' ', actual), ignoreCase: true);
    }

    [Theory]
    [InlineData("uk", 112, "Many")]
    [InlineData("pl", 14, "Many")]
    [InlineData("pl", 124, "Few")]
    [InlineData("fr", 1_000_000, "Many")]
    [InlineData("ar", 100, "Other")]
    [InlineData("ar", 111, "Many")]
    [InlineData("de", -1, "One")]
    [InlineData("ru", int.MinValue, "Many")]
    public void The_edges_hold_too(string language, int number, string expected) =>
        Assert.Equal(expected, PluralRules.Of(language, number).ToString());

    [Fact]
    public void A_language_asks_for_its_categories_in_every_plural_of_a_message()
    {
        var message = Message.Parse("{n, plural, one{#} few{#} many{{m, plural, one{#} other{#}}} other{#}}");
        Assert.Empty(PluralRules.Missing("de", message));
        Assert.Equal([PluralCategory.Few, PluralCategory.Many], PluralRules.Missing("uk", message));
    }

    [Fact]
    public void Every_language_with_rules_has_dates_and_numbers() =>
        Assert.All(PluralRules.Languages, language => Assert.Equal(language, Locale.Of(language).Language));
}
