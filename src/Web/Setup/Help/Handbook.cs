using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace VetBooking.Web.Setup.Help;

/// <summary>
/// The handbook in docs/handbuch, out of the executable. It is written in a small part of Markdown: headings, paragraphs,
/// lists, bold words and links to other chapters; everything else is text. Pictures are for readers of the repository.
/// </summary>
internal static partial class Handbook
{
    private const string Prefix = "VetBooking.Web.handbuch.";

    /// <summary>The chapters in their order: the last part of the address, the title, the text as HTML.</summary>
    public static readonly IReadOnlyList<(string Id, string Title, HtmlString Text)> Chapters =
        [.. ((string[])["anmelden", "tagesplan", "telefon", "warteliste", "warteraum", "kunden", "erinnern", "auswertung", "einstellungen", "fragen", "stimme", "schnittstellen", "hilfe"]).Select(Read)];

    private static (string, string, HtmlString) Read(string id)
    {
        using var reader = new StreamReader(typeof(Handbook).Assembly.GetManifestResourceStream(Prefix + id + ".md")!);
        var lines = reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
        return (id, lines[0]["# ".Length..], new HtmlString(Html(lines.Skip(1))));
    }

    /// <summary>Markdown without its title as HTML; everything in it is encoded.</summary>
    internal static string Html(IEnumerable<string> lines)
    {
        var html = new StringBuilder();
        var open = "";
        foreach (var line in lines.Select(line => line.Trim()))
        {
            var (kind, text) = line switch
            {
                "" => ("", ""),
                ['#', '#', ' ', ..] => ("h2", line[3..]),
                ['-', ' ', ..] => ("ul", line[2..]),
                [>= '1' and <= '9', '.', ' ', ..] => ("ol", line[3..]),
                ['!', '[', ..] => ("", ""),
                _ => ("p", line),
            };
            if (open != kind && open is "ul" or "ol") html.Append("</" + open + ">\n");
            if (kind != open && kind is "ul" or "ol") html.Append("<" + kind + ">\n");
            open = kind;
            if (kind.Length > 0) html.Append(Element(kind is "ul" or "ol" ? "li" : kind, text));
        }
        return open is "ul" or "ol" ? html.Append("</" + open + ">\n").ToString() : html.ToString();
    }

    private static string Element(string name, string text) => $"<{name}>{Inline(text)}</{name}>\n";

    private static string Inline(string text)
    {
        var safe = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text);
        safe = Bold().Replace(safe, "<b>$1</b>");
        return Link().Replace(safe, "<a href=\"/praxis/hilfe/$2\">$1</a>");
    }

    [GeneratedRegex(@"\*\*([^*]+)\*\*", RegexOptions.NonBacktracking)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\[([^\]]+)\]\(([a-z]+)\.md\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
