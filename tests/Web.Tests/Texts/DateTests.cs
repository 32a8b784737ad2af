using NodaTime;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Texts;

public class DateTests
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Theory]
    [InlineData("de", "Dienstag, 24. November 2026|Dienstag, 24. November|Di, 24. Nov.|24.11.2026|Dienstag|Di|24.")]
    [InlineData("en", "Tuesday, 24 November 2026|Tuesday, 24 November|Tue, 24 Nov|24/11/2026|Tuesday|Tue|24")]
    [InlineData("tr", "24 Kasım 2026 Salı|24 Kasım Salı|24 Kas Sal|24.11.2026|Salı|Sal|24")]
    [InlineData("uk", "вівторок, 24 листопада 2026 р.|вівторок, 24 листопада|вт, 24 лист.|24.11.2026|вівторок|вт|24")]
    [InlineData("ru", "вторник, 24 ноября 2026 г.|вторник, 24 ноября|вт, 24 нояб.|24.11.2026|вторник|вт|24")]
    [InlineData("pl", "wtorek, 24 listopada 2026|wtorek, 24 listopada|wt., 24 lis|24.11.2026|wtorek|wt.|24")]
    [InlineData("ar", "الثلاثاء، 24 نوفمبر 2026|الثلاثاء، 24 نوفمبر|الثلاثاء، 24 نوفمبر|24/11/2026|الثلاثاء|الثلاثاء|24")]
    [InlineData("fr", "mardi 24 novembre 2026|mardi 24 novembre|mar. 24 nov.|24/11/2026|mardi|mar.|24")]
    public void Each_style_reads_as_people_write_it(string language, string expected)
    {
        var locale = Locale.Of(language);
        Assert.Equal(expected, string.Join('|', Enum.GetValues<DateStyle>().Select(style => locale.Write(Tuesday, style))));
    }

    [Fact]
    public void No_abbreviation_gets_a_second_dot_and_none_is_empty()
    {
        foreach (string language in PluralRules.Languages)
        {
            for (int day = 0; day < 366; day++)
            {
                string written = Locale.Of(language).Write(Tuesday.PlusDays(day), DateStyle.Medium);
                Assert.DoesNotContain("..", written, StringComparison.Ordinal);
                Assert.Equal(3, written.Split(' ').Length);
            }
        }
    }

    [Fact]
    public void The_words_in_messages_are_the_styles()
    {
        var message = Message.Parse(
            "{d, date, full}|{d, date, long}|{d, date, medium}|{d, date}|{d, date, short}"
            + "|{d, date, weekday}|{d, date, weekday-short}|{d, date, day}");
        Assert.Equal(
            "Dienstag, 24. November 2026|Dienstag, 24. November|Di, 24. Nov.|Di, 24. Nov.|24.11.2026|Dienstag|Di|24.",
            MessageWriter.Format(message, Locale.Of("de"), [new("d", Tuesday)]));
    }

    [Fact]
    public void Times_have_24_hours_and_two_digits_in_every_language() =>
        Assert.All(PluralRules.Languages, language => Assert.Equal(
            "09:10 14:05",
            MessageWriter.Format(
                Message.Parse("{a, time} {b, time}"),
                Locale.Of(language),
                [new("a", new LocalTime(9, 10)), new("b", new LocalTime(14, 5))])));
}
