using NodaTime;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Texts;

public class TextTests
{
    [Fact]
    public void German_and_English_are_there_and_German_comes_first() => Assert.Equal(["de", "en"], Text.Languages.Take(2));

    [Fact]
    public void Every_text_in_every_language_parses_and_takes_its_arguments()
    {
        Assert.NotEmpty(Text.Keys);
        foreach (string language in Text.Languages)
        {
            Text text = Text.In(language);
            for (int key = 0; key < Text.Keys.Length; key++)
            {
                Message? message = text.Find(key);
                if (message is null) continue;
                foreach (int number in new[] { 0, 1, 2, 5, 22 })
                {
                    ArgumentValue[] samples = [.. message.Arguments.Select(argument => Sample(argument, number))];
                    Assert.False(string.IsNullOrWhiteSpace(text.Format(key, samples)), $"{Text.Keys[key]} is empty in {language}");
                }
            }
        }
    }

    [Fact]
    public void German_and_English_lack_nothing() =>
        Assert.All(Enumerable.Range(0, Text.Keys.Length), key =>
        {
            Assert.NotNull(Text.In("de").Find(key));
            Assert.NotNull(Text.In("en").Find(key));
        });

    [Theory]
    [InlineData("de", "de", "de-DE", "ltr")]
    [InlineData("en", "en", "en-GB", "ltr")]
    [InlineData("EN-us", "en", "en-GB", "ltr")]
    [InlineData("xx", "de", "de-DE", "ltr")]
    [InlineData("", "de", "de-DE", "ltr")]
    public void A_language_is_found_by_its_tag_and_German_stands_in(string tag, string language, string culture, string direction)
    {
        Text text = Text.In(tag);
        Assert.Equal(language, text.Language);
        Assert.Equal(culture, text.Culture.Name);
        Assert.Equal(direction, text.Direction);
        Assert.Same(text, Text.In(tag));
    }

    [Fact]
    public void Arabic_runs_from_right_to_left() => Assert.True(Locale.Of("ar").Culture.TextInfo.IsRightToLeft);

    [Fact]
    public void Members_carry_the_arguments_of_their_message()
    {
        Text german = Text.In("de");
        Text english = Text.In("en");
        Assert.Equal("Zum Inhalt", german.SiteSkip);
        Assert.Equal("Call: 0123", english.SiteCall("0123"));
        Assert.Equal("Schritt 2 von 4", german.BookingStep(2, 4));
        Assert.Equal("voll", german.BookingTimesFree(0));
        Assert.Equal("3 free", english.BookingTimesFree(3));
        Assert.Equal("Dienstag, 24. November", german.BookingTimesOn(new LocalDate(2026, 11, 24)));
    }

    private static ArgumentValue Sample(Argument argument, int number) => argument.Type switch
    {
        ArgumentType.Number => new(argument.Name, number),
        ArgumentType.Date => new(argument.Name, new LocalDate(2026, 11, 24)),
        ArgumentType.Time => new(argument.Name, new LocalTime(9, 10)),
        _ => new(argument.Name, "Mia"),
    };
}
