using NodaTime;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Texts;

public class MessageTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Zum Inhalt", "Zum Inhalt")]
    [InlineData("Anzahl # und | bleiben", "Anzahl # und | bleiben")]
    public void Text_without_arguments_stays_as_it_is(string message, string expected) =>
        Assert.Equal(expected, Format(message));

    [Theory]
    [InlineData("can't", "can't")]
    [InlineData("geht''s", "geht's")]
    [InlineData("am Ende '", "am Ende '")]
    [InlineData("'{'x'}'", "{x}")]
    [InlineData("'{x} isn''t'", "{x} isn't")]
    [InlineData("'#'", "'#'")]
    public void An_apostrophe_quotes_only_what_would_mean_something(string message, string expected) =>
        Assert.Equal(expected, Format(message));

    [Fact]
    public void A_quoted_hash_in_a_plural_is_a_hash() =>
        Assert.Equal("# 4", Format("{n, plural, other{'#' #}}", new ArgumentValue("n", 4)));

    [Theory]
    [InlineData(0, "voll")]
    [InlineData(1, "1 Zeit")]
    [InlineData(2, "2 Zeiten")]
    [InlineData(1200, "1.200 Zeiten")]
    public void A_plural_takes_the_exact_form_first_and_then_the_category(int n, string expected) =>
        Assert.Equal(expected, Format("{n, plural, =0{voll} one{# Zeit} other{# Zeiten}}", new ArgumentValue("n", n)));

    [Fact]
    public void Blanks_and_line_breaks_inside_the_braces_do_not_matter_but_those_in_branches_do() =>
        Assert.Equal(" 1 ", Format("{ n ,plural,\n  one { # }\n  other { viele }\n}", new ArgumentValue("n", 1)));

    [Theory]
    [InlineData("cat", "Katze")]
    [InlineData("emu", "Tier")]
    public void A_select_takes_its_choice_or_other(string species, string expected) =>
        Assert.Equal(expected, Format("{s, select, cat{Katze} other{Tier}}", new ArgumentValue("s", species)));

    [Fact]
    public void Branches_nest_and_the_hash_is_the_number_of_the_nearest_plural() =>
        Assert.Equal("Mia: 2 Katzen, 3 Tage", Format(
            "{n, plural, one{eins} other{{who}: {s, select, cat{# Katzen} other{# Tiere}}, {d, plural, one{# Tag} other{# Tage}}}}",
            new ArgumentValue("n", 2), new ArgumentValue("who", "Mia"), new ArgumentValue("s", "cat"), new ArgumentValue("d", 3)));

    [Fact]
    public void A_plain_argument_prints_the_number_that_the_message_counts_with() =>
        Assert.Equal("5 von 5", Format("{n} von {n, number}", new ArgumentValue("n", 5)));

    [Theory]
    [InlineData("de", "12.345")]
    [InlineData("en", "12,345")]
    public void Numbers_are_grouped_as_the_language_does(string language, string expected) =>
        Assert.Equal(expected, MessageWriter.Format(Message.Parse("{n, number}"), Locale.Of(language), [new("n", 12345)]));

    [Theory]
    [InlineData("<script>alert('1')</script>")]
    [InlineData("{n, plural, other{#}}")]
    [InlineData("'{' # '' }")]
    [InlineData("\u202e\0\n&amp;")]
    public void Whatever_an_argument_contains_is_inserted_as_it_is(string content) =>
        Assert.Equal($"1 <b>{content}</b>", Format("{n, plural, other{# <b>{name}</b>}}", new("n", 1), new("name", content)));

    [Theory]
    [InlineData("{", "a word is missing")]
    [InlineData("{x", "'}' or ',' is missing")]
    [InlineData("x}", "'}' without '{'")]
    [InlineData("{1x}", "'1x' is not a name")]
    [InlineData("{x, spellout}", "'spellout' is not one of")]
    [InlineData("{x, number, percent}", "'}' is missing")]
    [InlineData("{d, date, huge}", "'huge' is not a date style")]
    [InlineData("{n, plural, one{#}}", "lacks 'other'")]
    [InlineData("{n, plural, one{#} one{#} other{#}}", "'one' is given twice")]
    [InlineData("{n, plural, several{#} other{#}}", "'several' is not one of")]
    [InlineData("{n, plural, =x{#} other{#}}", "'=x' is not a number")]
    [InlineData("{n, plural, other{#}", "a word is missing")]
    [InlineData("{n, plural, other{#", "'}' is missing")]
    [InlineData("{s, select, cat{x}}", "lacks 'other'")]
    [InlineData("{x, number} {x, date}", "two different types")]
    [InlineData("{d} {d, date}", "two different types")]
    [InlineData("{x, select, other{}} {x, number}", "two different types")]
    [InlineData("'{x", "never closed")]
    public void What_is_not_a_message_is_refused_with_the_reason(string message, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Message.Parse(message)).Message, StringComparison.Ordinal);

    [Fact]
    public void Endless_nesting_is_refused()
    {
        string message = string.Concat(Enumerable.Repeat("{s, select, other{", 100_000));
        Assert.Contains("too deeply", Assert.Throws<FormatException>(() => Message.Parse(message)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_come_in_order_of_first_appearance_with_their_types() =>
        Assert.Equal(
            [
                new("who", ArgumentType.Text), new("n", ArgumentType.Number),
                new("d", ArgumentType.Date), new("t", ArgumentType.Time),
            ],
            Message.Parse("{who} {n, plural, other{{d, date} {t, time} {n}}} {who}").Arguments);

    [Fact]
    public void An_argument_that_is_not_given_is_named()
    {
        var fault = Assert.Throws<ArgumentException>(() => Format("{who}", new ArgumentValue("n", LocalDate.MinIsoValue)));
        Assert.Contains("'who'", fault.Message, StringComparison.Ordinal);
    }

    private static string Format(string message, params ReadOnlySpan<ArgumentValue> arguments) =>
        MessageWriter.Format(Message.Parse(message), Locale.Of("de"), arguments);
}
