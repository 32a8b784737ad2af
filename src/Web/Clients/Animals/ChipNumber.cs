using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Animals;

/// <summary>What the first three digits of a chip's number stand for (ISO 11784).</summary>
public enum ChipOrigin { Country, Maker, Test, Nothing }

/// <summary>The number of a transponder under an animal's skin: fifteen digits, the first three a country or a maker.</summary>
public static class ChipNumber
{
    /// <summary>How many digits it has.</summary>
    public const int Length = 15;

    /// <summary>The number without what people put between its digits; null if there is anything else in it.</summary>
    public static string? Read(string text)
    {
        var digits = string.Concat(text.Where(one => !char.IsWhiteSpace(one) && one is not ('.' or '-' or '/' or '*')));
        return digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>Where a number of the right length comes from.</summary>
    public static ChipOrigin OriginOf(string number) => int.Parse(number.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture) switch
    {
        0 => ChipOrigin.Nothing,
        < 900 => ChipOrigin.Country,
        999 => ChipOrigin.Test,
        _ => ChipOrigin.Maker,
    };

    /// <summary>What the number tells, for whoever compares it with the scanner.</summary>
    public static string Hint(Text t, string number) => OriginOf(number) switch
    {
        ChipOrigin.Country => t.ClientsChipCountry(number[..3]),
        ChipOrigin.Maker => t.ClientsChipMaker,
        _ => t.ClientsChipTest,
    };

    /// <summary>The number in groups, as it is read out.</summary>
    public static string Spaced(string number) => number.Length == Length ? $"{number[..3]} {number[3..7]} {number[7..11]} {number[11..]}" : number;
}
