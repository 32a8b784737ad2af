using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace VetBooking.Web.Setup;

/// <summary>Opening hours of a day as people write them: <c>8–12, 14:30–18</c>.</summary>
internal static partial class WeekText
{
    /// <summary>The stretches in order; none for an empty text; null if it cannot be read or they overlap.</summary>
    public static IReadOnlyList<(LocalTime From, LocalTime To)>? Read(string text)
    {
        var stretches = new List<(LocalTime From, LocalTime To)>();
        foreach (var part in text.Split([',', ';', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Stretch().Match(part) is not { Success: true } match) return null;
            if (Time(match, "h1", "m1") is not { } from || Time(match, "h2", "m2") is not { } to || to <= from) return null;
            if (stretches.Count > 0 && from < stretches[^1].To) return null;
            stretches.Add((from, to));
        }
        return stretches;
    }

    private static LocalTime? Time(Match match, string hours, string minutes)
    {
        var hour = int.Parse(match.Groups[hours].ValueSpan, CultureInfo.InvariantCulture);
        var minute = match.Groups[minutes].Success ? int.Parse(match.Groups[minutes].ValueSpan, CultureInfo.InvariantCulture) : 0;
        // Everything lies on the grid of five minutes.
        return hour <= 23 && minute <= 55 && minute % 5 == 0 ? new LocalTime(hour, minute) : null;
    }

    [GeneratedRegex(@"^(?<h1>\d{1,2})([:.](?<m1>\d{2}))?\s*(Uhr)?\s*(-|–|—|bis|to)\s*(?<h2>\d{1,2})([:.](?<m2>\d{2}))?\s*(Uhr)?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Stretch();
}
