using System.Text.Encodings.Web;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Texts;

/// <summary>Mark-up: bold and named links, and nothing else whatever somebody types.</summary>
public sealed class ParagraphTests
{
    [Theory]
    [InlineData("Nur Text & <b>mehr</b>", "Nur Text &amp; &lt;b&gt;mehr&lt;/b&gt;", "Nur Text & <b>mehr</b>")]
    [InlineData("Das ist **wichtig** heute", "Das ist <strong>wichtig</strong> heute", "Das ist wichtig heute")]
    [InlineData("**a** und **b**", "<strong>a</strong> und <strong>b</strong>", "a und b")]
    [InlineData("Siehe [Anfahrt](https://praxis.example/weg?a=1&b=2).", "Siehe <a href=\"https://praxis.example/weg?a=1&amp;b=2\">Anfahrt</a>.", "Siehe Anfahrt (https://praxis.example/weg?a=1&b=2).")]
    [InlineData("[Anrufen](tel:+49301234)", "<a href=\"tel:&#x2B;49301234\">Anrufen</a>", "Anrufen (tel:+49301234)")]
    [InlineData("[Team](/team)", "<a href=\"/team\">Team</a>", "Team (/team)")]
    public void Bold_and_named_links_are_shown_and_plain_text_stays_readable(string text, string html, string plain)
    {
        Assert.Equal(html, Html(text));
        Assert.Equal(plain, new Paragraph(text).Plain);
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert)")]
    [InlineData("[x](data:text/html,a)")]
    [InlineData("[x](http://example.org)")]
    [InlineData("[x](//example.org)")]
    [InlineData(@"[x](/\example.org)")]
    [InlineData("[x](https://a b)")]
    [InlineData("[](https://example.org)")]
    [InlineData("[x](https://example.org")]
    [InlineData("** nie zu Ende")]
    [InlineData("****")]
    [InlineData("a * b [c] (d)")]
    public void What_is_no_mark_up_stays_what_was_typed(string text)
    {
        Assert.Equal(HtmlEncoder.Default.Encode(text), Html(text));
        Assert.Equal(text, new Paragraph(text).Plain);
    }

    [Theory]
    [InlineData("**<script>alert(1)</script>**")]
    [InlineData("[<img src=x onerror=alert(1)>](https://example.org)")]
    [InlineData("[x](https://example.org\"onmouseover=\"alert(1))")]
    public void Nothing_typed_becomes_an_element_or_an_attribute(string text)
    {
        var html = Html(text);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"onmouseover", html, StringComparison.OrdinalIgnoreCase);
    }

    private static string Html(string text)
    {
        using var writer = new StringWriter();
        new Paragraph(text).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
