using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace VetBooking.Web.Setup;

/// <summary>
/// Opening hours of a day as people write them: <c>8–12, 14:30–18</c>. The last stretch may go on after midnight:
/// <c>18–2</c>; a whole day is <c>0–24</c>.
/// </summary>
internal static partial class WeekText
{
    /// <summary>The stretches in order; none for an empty text; null if it cannot be read or they overlap.</summary>
    public static IReadOnlyList<(LocalTime From, LocalTime To)>? Read(string text)
    {
        var stretches = new List<(LocalTime From, LocalTime To)>();
        foreach (var part in text.Split([',', ';', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Stretch().Match(part) is not { Success: true } match) return null;
            if (Time(match, "h1", "m1") is not { } from || Time(match, "h2", "m2") is not { } to || match.Groups["h1"].Value == "24") return null;
            // After one that reaches the next day there is no room on this one.
            if (stretches.Count > 0 && (from < stretches[^1].To || stretches[^1].To <= stretches[^1].From)) return null;
            stretches.Add((from, to));
        }
        // A stretch that goes round the clock must not reach the first one again.
        return stretches.Count > 1 && stretches[^1] is var last && last.To <= last.From && last.To > stretches[0].From ? null : stretches;
    }

    /// <summary>The stretches as <see cref="Read"/> takes them.</summary>
    public static string Write(IEnumerable<(LocalTime From, LocalTime To)> stretches) =>
        string.Join(", ", stretches.Select(stretch => $"{Words(stretch.From)}–{(stretch.To == LocalTime.Midnight ? "24" : Words(stretch.To))}"));

    private static string Words(LocalTime time) => time.Minute == 0
        ? time.Hour.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{time.Hour}:{time.Minute:00}");

    private static LocalTime? Time(Match match, string hours, string minutes)
    {
        var hour = int.Parse(match.Groups[hours].ValueSpan, CultureInfo.InvariantCulture);
        var minute = match.Groups[minutes].Success ? int.Parse(match.Groups[minutes].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (hour == 24 && minute == 0) return LocalTime.Midnight;
        // Everything lies on the grid of five minutes.
        return hour <= 23 && minute <= 55 && minute % 5 == 0 ? new LocalTime(hour, minute) : null;
    }

    [GeneratedRegex(@"^(?<h1>\d{1,2})([:.](?<m1>\d{2}))?\s*(Uhr)?\s*(-|–|—|bis|to)\s*(?<h2>\d{1,2})([:.](?<m2>\d{2}))?\s*(Uhr)?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Stretch();
}
