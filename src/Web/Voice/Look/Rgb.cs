using System.Globalization;

namespace VetBooking.Web.Voice.Look;

/// <summary>A colour as screens have it: sRGB, eight bits a channel.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    public static readonly Rgb White = new(255, 255, 255);

    /// <summary>Like <c>#0b6b5d</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    /// <summary>How much light it sends out, from 0 to 1 (WCAG 2.2, relative luminance).</summary>
    public double Luminance => (0.2126 * Linear(R)) + (0.7152 * Linear(G)) + (0.0722 * Linear(B));

    /// <summary>Reads <c>#0b6b5d</c>, <c>0B6B5D</c> or <c>#abc</c>; null for anything else.</summary>
    public static Rgb? Read(string text)
    {
        var digits = text.Trim().TrimStart('#');
        if (digits.Length == 3) digits = string.Concat(digits.Select(one => new string(one, 2)));
        return digits.Length == 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new Rgb((byte)(number >> 16 & 255), (byte)(number >> 8 & 255), (byte)(number & 255))
            : null;
    }

    /// <summary>How well one can be told from the other, from 1 to 21 (WCAG 2.2, contrast ratio).</summary>
    public double Contrast(Rgb other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>The colour as the style sheet's <c>filter: brightness()</c> shows it.</summary>
    public Rgb Dimmed(double factor) => new(Times(R, factor), Times(G, factor), Times(B, factor));

    private static byte Times(byte channel, double factor) => (byte)Math.Round(channel * factor);

    private static double Linear(byte channel) => channel / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
}
