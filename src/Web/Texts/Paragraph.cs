using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace VetBooking.Web.Texts;

/// <summary>
/// A text that may carry mark-up: <c>**bold**</c> and <c>[a name](https://…)</c>, and nothing else. A page shows it as
/// HTML; everywhere else it is plain.
/// </summary>
public sealed class Paragraph(string text) : IHtmlContent
{
    /// <summary>What a link may begin with.</summary>
    private static readonly string[] Schemes = ["https://", "mailto:", "tel:", "/"];

    /// <summary>The text without its mark-up; a link is followed by its address.</summary>
    public string Plain
    {
        get
        {
            var plain = new StringBuilder();
            Read(text, (words, url, _) => plain.Append(words).Append(url is null ? "" : $" ({url})"));
            return plain.ToString();
        }
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => Read(text, (words, url, bold) =>
    {
        var (open, close) = url is not null ? ($"<a href=\"{encoder.Encode(url)}\">", "</a>") : bold ? ("<strong>", "</strong>") : ("", "");
        writer.Write(open);
        encoder.Encode(writer, words);
        writer.Write(close);
    });

    public override string ToString() => Plain;

    /// <summary>Goes through the pieces: words with the address they lead to, or bold, or neither. What is no mark-up is words.</summary>
    private static void Read(string text, Action<string, string?, bool> piece)
    {
        var from = 0;
        for (var at = 0; at < text.Length;)
        {
            var (end, words, url) = text[at] switch
            {
                '*' => Bold(text, at),
                '[' => Link(text, at),
                _ => default,
            };
            if (end == 0)
            {
                at++;
                continue;
            }
            if (at > from) piece(text[from..at], null, false);
            piece(words, url, url is null);
            from = at = end;
        }
        if (from < text.Length) piece(text[from..], null, false);
    }

    private static (int End, string Words, string? Url) Bold(string text, int at)
    {
        if (!text.AsSpan(at).StartsWith("**")) return default;
        var end = text.IndexOf("**", at + 2, StringComparison.Ordinal);
        return end > at + 2 ? (end + 2, text[(at + 2)..end], null) : default;
    }

    private static (int End, string Words, string? Url) Link(string text, int at)
    {
        var middle = text.IndexOf("](", at, StringComparison.Ordinal);
        var end = middle < 0 ? -1 : text.IndexOf(')', middle);
        if (middle <= at + 1 || end < 0) return default;
        var url = text[(middle + 2)..end];
        // "//" would lead to another site under this one's name; browsers take a backslash for a slash.
        var isAllowed = Schemes.Any(scheme => url.StartsWith(scheme, StringComparison.Ordinal)) && !url.StartsWith("//", StringComparison.Ordinal) && !url.Any(c => char.IsWhiteSpace(c) || c == '\\');
        return isAllowed ? (end + 1, text[(at + 1)..middle], url) : default;
    }
}
