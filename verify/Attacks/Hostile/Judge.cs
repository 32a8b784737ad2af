using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>Looks at every answer for what must not be in it.</summary>
internal sealed partial class Judge(IReadOnlySet<string> headerNames)
{
    private static readonly HtmlParser Parser = new();
    private static readonly string[] AlsoHeaders = ["X-Accel-Buffering", "Allow", "Retry-After", "Accept-Ranges", "Content-Range", "WWW-Authenticate", "Content-Disposition", "Last-Modified", "ETag", "Content-Length", "Connection", "Vary", "Link", "Location", "Set-Cookie"];

    public ConcurrentQueue<string> Findings { get; } = new();

    public ConcurrentDictionary<int, int> Statuses { get; } = new();

    /// <summary>How many huge requests were cut off without an answer, which is an answer to them.</summary>
    public int CutOff => cutOff;

    /// <summary>How many lines that a payload had cut before their version were answered 505, which is what RFC 9110, 15.6.6 asks for.</summary>
    public int Versions => versions;

    private int cutOff;
    private int versions;

    /// <summary>Judges one answer; the host is the server's own.</summary>
    public void See(string place, Payload payload, Reply reply, string authority)
    {
        Statuses.AddOrUpdate(reply.Status, 1, (_, count) => count + 1);
        void Found(string what) => Findings.Enqueue($"{place} [{payload.Class}: {Short(payload)}]: {what}");
        if (reply.Status == 0 && payload.IsHuge) Interlocked.Increment(ref cutOff);
        else if (reply.Status is 0) Found("dropped: " + reply.Body);
        else if (reply.Status == 505 && payload.CutsTheLine) Interlocked.Increment(ref versions);
        else if (reply.Status >= 500) Found($"answered {reply.Status}");
        foreach (var (name, value) in reply.Headers)
        {
            // Whoever says that any encoding will do gets one.
            if (name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) && value is "br" or "gzip") continue;
            if (!headerNames.Contains(name) && !AlsoHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)) Found($"a header {name}");
            if (value.AsSpan().ContainsAnyInRange('\0', '\u001F') || value.Contains("evil.example", StringComparison.Ordinal) && name != "Location") Found($"the header {name}: {value}");
        }
        if (reply.Header("Location") is { Length: > 0 } where && !IsOwn(where, authority)) Found($"leads to {where}");
        if (reply.Headers.Count(one => one.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)) > 1) Found("two cookies");
        if (reply.IsPage && reply.Body.Contains("vbmark(", StringComparison.Ordinal) && BrokenOut(reply.Body) is { } broken) Found(broken);
    }

    /// <summary>What of a page's markup is a payload's doing; null if all of them are text.</summary>
    public static string? BrokenOut(string html)
    {
        using var document = Parser.ParseDocument(html);
        foreach (var element in document.All)
        {
            if (element.LocalName is "script" or "style" && element.TextContent.Contains("vbmark(", StringComparison.Ordinal)) return $"inside <{element.LocalName}>";
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name.Contains("vbmark", StringComparison.Ordinal)) return $"<{element.LocalName} {attribute.Name}={attribute.Value}>";
                if (attribute.Name is "href" or "src" or "action" or "formaction" or "data" or "srcdoc" or "style" && (Harmful().IsMatch(attribute.Value) || attribute.Name is "srcdoc" or "style" && attribute.Value.Contains("vbmark", StringComparison.Ordinal)))
                {
                    return $"<{element.LocalName} {attribute.Name}={attribute.Value}>";
                }
            }
        }
        return null;
    }

    private static bool IsOwn(string where, string authority) =>
        where.StartsWith($"http://{authority}/", StringComparison.Ordinal)
        || where.StartsWith('/') && !where.StartsWith("//", StringComparison.Ordinal) && !where.StartsWith("/\\", StringComparison.Ordinal) && !where.StartsWith("/%09", StringComparison.Ordinal);

    private static string Short(Payload payload)
    {
        var text = string.Concat(System.Text.Encoding.Latin1.GetString(payload.Bytes).Take(60).Select(one => char.IsControl(one) ? $"\\x{(int)one:x2}" : one.ToString()));
        return payload.Bytes.Length > 60 ? $"{text}… {payload.Bytes.Length} bytes" : text;
    }

    [GeneratedRegex(@"(?i)^[\s\0-\x20]*((java|vb)script:|data:text|(https?:)?[/\\]{2}[^/]*evil\.example)")]
    private static partial Regex Harmful();
}
