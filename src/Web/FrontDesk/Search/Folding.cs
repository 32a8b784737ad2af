using System.Globalization;
using System.Text;

namespace VetBooking.Web.FrontDesk;

/// <summary>Names and numbers as they are compared, however they are spelt.</summary>
internal static class Folding
{
    /// <summary>
    /// The words of a text without case, accents and whatever stands between them. Müller, Mueller and Muller become one, and
    /// Meyer and Meier, and Groß and Gross: nobody hears the difference on the telephone.
    /// </summary>
    public static string Words(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(letter)) Add(folded, char.ToLowerInvariant(letter));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    /// <summary>A telephone number's digits, with the country's code as the 0 that people dial.</summary>
    public static string Digits(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.AsSpan().TrimStart().StartsWith("+49", StringComparison.Ordinal)) return "0" + digits[2..].TrimStart('0');
        return digits.StartsWith("0049", StringComparison.Ordinal) ? "0" + digits[4..].TrimStart('0') : digits;
    }

    private static void Add(StringBuilder folded, char letter)
    {
        switch (letter)
        {
            // ae, oe and ue as one writes them where there are no umlauts.
            case 'e' when folded.Length > 0 && folded[^1] is 'a' or 'o' or 'u':
                break;
            case 'y' or 'ı':
                folded.Append('i');
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case 'æ':
                folded.Append('a');
                break;
            case 'ø' or 'œ':
                folded.Append('o');
                break;
            case 'ł':
                folded.Append('l');
                break;
            case 'đ':
                folded.Append('d');
                break;
            default:
                folded.Append(letter);
                break;
        }
    }
}
