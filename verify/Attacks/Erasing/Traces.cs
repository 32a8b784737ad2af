using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace VetBooking.Verify.Attacks.Erasing;

/// <summary>Looks for somebody in bytes, in every way a computer may have written them down.</summary>
internal static class Traces
{
    /// <summary>Every way of writing a text that is looked for, by name.</summary>
    public static readonly IReadOnlyList<(string Name, Func<string, IEnumerable<byte[]>> Write)> Ways =
    [
        ("utf-8", text => One(Utf8(text))),
        ("small letters", text => One(Utf8(text.ToLowerInvariant()))),
        ("capitals", text => One(Utf8(text.ToUpperInvariant()))),
        ("decomposed (NFD)", text => One(Utf8(text.Normalize(NormalizationForm.FormD)))),
        ("compatible (NFKD, small)", text => One(Utf8(text.Normalize(NormalizationForm.FormKD).ToLowerInvariant()))),
        ("umlauts as two letters", text => One(Utf8(Plain(text, 'e')))),
        ("umlauts as one letter", text => One(Utf8(Plain(text, null)))),
        ("latin-1", text => One(Encoding.Latin1.GetBytes(text))),
        ("utf-16 little", text => One(Encoding.Unicode.GetBytes(text))),
        ("utf-16 big", text => One(Encoding.BigEndianUnicode.GetBytes(text))),
        ("utf-32", text => One(Encoding.UTF32.GetBytes(text))),
        ("url", text => One(Ascii(Uri.EscapeDataString(text)))),
        ("url, small", text => One(Ascii(Escaped(Uri.EscapeDataString(text))))),
        ("form", text => One(Ascii(WebUtility.UrlEncode(text)))),
        ("url twice", text => One(Ascii(Uri.EscapeDataString(Uri.EscapeDataString(text))))),
        ("html, decimal", text => One(Ascii(Entities(text, "&#{0};")))),
        ("html, hexadecimal", text => One(Ascii(Entities(text, "&#x{0:X};")))),
        ("html, hexadecimal small", text => One(Ascii(Entities(text, "&#x{0:x};")))),
        ("html, every letter", text => One(Ascii(string.Concat(text.Select(letter => string.Create(CultureInfo.InvariantCulture, $"&#{(int)letter};")))))),
        ("json", text => One(Ascii(Entities(text, "\\u{0:x4}")))),
        ("json, capitals", text => One(Ascii(Entities(text, "\\u{0:X4}")))),
        ("base 64", text => Base64(Utf8(text), false)),
        ("base 64 for urls", text => Base64(Utf8(text), true)),
        ("base 64 of utf-16", text => Base64(Encoding.Unicode.GetBytes(text), false)),
        ("base 64 of latin-1", text => Base64(Encoding.Latin1.GetBytes(text), false)),
        ("quoted-printable", text => One(Ascii(Quoted(text, " ")))),
        ("quoted-printable latin-1", text => One(Ascii(string.Concat(text.Select(letter => letter is > ' ' and < '\u007f' ? letter.ToString() : $"={(int)letter:X2}"))))),
        ("mail header word", text => One(Ascii(Quoted(text, "_")))),
        ("hexadecimal", text => One(Ascii(Convert.ToHexStringLower(Utf8(text))))),
        ("hexadecimal, capitals", text => One(Ascii(Convert.ToHexString(Utf8(text))))),
        ("backwards", text => One(Utf8(new string([.. text.Reverse()])))),
        ("digits only", text => text.Count(char.IsAsciiDigit) >= 7 ? One(Ascii(string.Concat(text.Where(char.IsAsciiDigit)))) : []),
        ("digits after the country", text => text.StartsWith('0') && text.Count(char.IsAsciiDigit) >= 7 ? One(Ascii("+49" + string.Concat(text.Where(char.IsAsciiDigit))[1..])) : []),
        ("without blanks", text => text.Contains(' ', StringComparison.Ordinal) ? One(Utf8(text.Replace(" ", "", StringComparison.Ordinal))) : []),
        ("its beginning", text => text.Length > 8 ? One(Utf8(text[..^2])) : []),
        ("its end", text => text.Length > 8 ? One(Utf8(text[2..])) : []),
        ("folded line", text => text.Length > 8 ? Enumerable.Range(2, text.Length - 4).Select(cut => Utf8(text.Insert(cut, "\r\n "))) : []),
        ("soft line break", text => text.Length > 8 ? Enumerable.Range(2, text.Length - 4).Select(cut => Ascii(Quoted(text[..cut], " ") + "=\r\n" + Quoted(text[cut..], " "))) : []),
    ];

    /// <summary>Where in these files which of the texts stands, and in which way; compressed files are looked into, too.</summary>
    public static List<string> Find(IEnumerable<string> files, IEnumerable<string> texts)
    {
        var patterns = texts.Distinct(StringComparer.Ordinal).SelectMany(text => Ways.SelectMany(way => way.Write(text).Select(bytes => (text, way.Name, bytes)))).ToList();
        var found = new System.Collections.Concurrent.ConcurrentQueue<string>();
        foreach (var file in files)
        {
            foreach (var content in Contents(file))
            {
                Parallel.ForEach(patterns, pattern =>
                {
                    if (content.AsSpan().IndexOf(pattern.bytes) is var place && place >= 0) found.Enqueue($"{Path.GetFileName(file)} at {place}: {pattern.text} ({pattern.Name})");
                });
            }
        }
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<byte[]> Contents(string file)
    {
        var bytes = File.ReadAllBytes(file);
        yield return bytes;
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) yield break;
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        yield return plain.ToArray();
    }

    private static IEnumerable<byte[]> One(byte[] bytes) => [bytes];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    // Wherever it begins in what is encoded, the letters in its middle are the same.
    private static IEnumerable<byte[]> Base64(byte[] bytes, bool forUrls) => Enumerable.Range(0, 3).Select(before =>
    {
        var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var (first, end) = ((before * 8 + 5) / 6, (before + bytes.Length) * 8 / 6);
        var middle = whole[first..end];
        return Ascii(forUrls ? middle.Replace('+', '-').Replace('/', '_') : middle);
    });

    private static string Entities(string text, string pattern) =>
        string.Concat(text.Select(letter => char.IsAscii(letter) ? letter.ToString() : string.Format(CultureInfo.InvariantCulture, pattern, (int)letter)));

    private static string Quoted(string text, string blank) =>
        string.Concat(Utf8(text).Select(one => one == ' ' ? blank : one is > 32 and < 127 and not (byte)'=' ? ((char)one).ToString() : $"={one:X2}"));

    private static string Escaped(string url)
    {
        var letters = url.ToCharArray();
        for (var i = 0; i < letters.Length - 2; i++)
        {
            if (letters[i] == '%') (letters[i + 1], letters[i + 2]) = (char.ToLowerInvariant(letters[i + 1]), char.ToLowerInvariant(letters[i + 2]));
        }
        return new string(letters);
    }

    private static string Plain(string text, char? after) => string.Concat(text.Select(letter => letter switch
    {
        'ä' => "a" + after,
        'ö' => "o" + after,
        'ü' => "u" + after,
        'ß' => "ss",
        _ => letter.ToString(),
    }));
}
