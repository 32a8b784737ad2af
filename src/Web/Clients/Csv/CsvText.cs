using System.Text;

namespace VetBooking.Web.Clients.Csv;

/// <summary>Why a file cannot be read at all.</summary>
public enum CsvFault { Empty, TooLarge, TooManyLines, Spreadsheet, NoText, UnknownEncoding, OpenQuote, OneColumn, TooManyColumns }

/// <summary>A file that was turned into text, and which way.</summary>
/// <param name="Content">The text.</param>
/// <param name="Encoding">As it is shown to people.</param>
public sealed record CsvText(string Content, string Encoding)
{
    // What Windows-1252 has between 0x80 and 0x9F; blanks are bytes it has nothing for.
    private const string Windows = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <summary>Turns the bytes of a file into text. Guesses only where there is one answer; else it says so.</summary>
    public static (CsvText? Text, CsvFault? Fault) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return (null, CsvFault.Empty);
        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return (null, CsvFault.Spreadsheet);
        var decoded = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Strict(new UTF8Encoding(false, true), bytes[3..], "UTF-8"),
            [0xFF, 0xFE, ..] => Strict(new UnicodeEncoding(false, false, true), bytes[2..], "UTF-16"),
            [0xFE, 0xFF, ..] => Strict(new UnicodeEncoding(true, false, true), bytes[2..], "UTF-16"),
            // Text in Latin letters has a zero in every other byte, if it is UTF-16 without a mark.
            [not 0, 0, not 0, 0, ..] => Strict(new UnicodeEncoding(false, false, true), bytes, "UTF-16"),
            [0, not 0, 0, not 0, ..] => Strict(new UnicodeEncoding(true, false, true), bytes, "UTF-16"),
            _ => Strict(new UTF8Encoding(false, true), bytes, "UTF-8") ?? FromWindows(bytes),
        };
        if (decoded is null) return (null, CsvFault.UnknownEncoding);
        return decoded.Content.Any(one => char.IsControl(one) && one is not ('\r' or '\n' or '\t')) ? (null, CsvFault.NoText) : (decoded, null);
    }

    private static CsvText? Strict(Encoding encoding, ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return new CsvText(encoding.GetString(bytes), name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static CsvText? FromWindows(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var one in bytes)
        {
            var letter = one is >= 0x80 and <= 0x9F ? Windows[one - 0x80] : (char)one;
            // The old DOS tables write their umlauts with such bytes: better refused than wrong.
            if (letter == ' ' && one != ' ') return null;
            text.Append(letter);
        }
        return new CsvText(text.ToString(), "Windows-1252");
    }
}
