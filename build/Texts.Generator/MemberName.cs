using System.Text.RegularExpressions;

namespace VetBooking.Texts.Generator;

/// <summary>From "booking.times-free" to BookingTimesFree.</summary>
internal static class MemberName
{
    /// <summary>Names the class Text has already, its own and those of every object.</summary>
    public static readonly string[] Taken =
    [
        "Text", "In", "Get", "Format", "Find", "Language", "Culture", "Direction", "Languages", "Keys", "Literals", "Loaded",
        "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize",
    ];

    private static readonly Regex Key = new("^[a-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*$", RegexOptions.CultureInvariant);

    public static bool IsKey(string key) => Key.IsMatch(key) && !key.EndsWith("\n", StringComparison.Ordinal);

    public static string Of(string key) =>
        string.Concat(key.Split('.', '-').Select(segment => char.ToUpperInvariant(segment[0]) + segment.Substring(1)));
}
