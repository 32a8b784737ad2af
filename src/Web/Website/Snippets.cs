using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace VetBooking.Web.Website;

/// <summary>
/// Pieces of HTML for a website, to copy. They bring no look along, so they look like the website; what they are called is
/// in them, so a screen reader says it.
/// </summary>
/// <param name="address">Where they lead.</param>
/// <param name="words">What they say.</param>
public sealed class Snippets(string address, string words)
{
    // Not for this page but for theirs: umlauts as themselves, so that people can read what they copy.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What they say.</summary>
    public string Words => words;

    /// <summary>A link.</summary>
    public string Link => $"""<a href="{Html.Encode(address)}">{Html.Encode(words)}</a>""";

    /// <summary>A button; a form, since a link is no button.</summary>
    public string Button => $"""<form action="{Html.Encode(address)}"><button>{Html.Encode(words)}</button></form>""";

    /// <summary>The booking itself, and the link for where it cannot be shown.</summary>
    public string Frame => $"""
        <script src="{Html.Encode(new Uri(new Uri(address), "/embed.js").AbsoluteUri)}" async></script>
        <vet-booking>{Link}</vet-booking>
        """.ReplaceLineEndings("\n");
}
