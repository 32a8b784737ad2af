using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Watching;

/// <summary>
/// Which error codes practices have left in the journal. Only numbers are read out of it, and words of systemd's own:
/// never a sentence, so whatever a practice may write there does not get any further.
/// </summary>
internal static partial class ErrorCodes
{
    /// <summary>How often which code came in the last day, by practice.</summary>
    public static async Task<Dictionary<string, Dictionary<string, int>>> LastDay() => Count((await Shell.Run(
    [
        "journalctl", "--no-pager", "--quiet", "--since=-24h", "--priority=notice", "--unit=vetbooking@*.service",
        "--output=json", "--output-fields=_PID,UNIT,_SYSTEMD_UNIT,PRIORITY,MESSAGE,EXIT_CODE,EXIT_STATUS,UNIT_RESULT",
    ])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same of the journal's lines of JSON.</summary>
    public static Dictionary<string, Dictionary<string, int>> Count(IEnumerable<string> lines)
    {
        var counts = new Dictionary<string, Dictionary<string, int>>();
        foreach (var line in lines)
        {
            using var entry = JsonDocument.Parse(line);
            if (Of(entry.RootElement) is not var (practice, code)) continue;
            if (!counts.TryGetValue(practice, out var codes)) counts[practice] = codes = [];
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }
        return counts;
    }

    // Whatever a practice says of itself or others counts as its own: fields that begin with _ are the journal's, the others anybody's.
    private static (string Practice, string Code)? Of(JsonElement entry)
    {
        var isSystemd = Text(entry, "_PID") == "1";
        return Text(entry, isSystemd ? "UNIT" : "_SYSTEMD_UNIT") is { } unit && Practice().Match(unit) is { Success: true } name && (isSystemd ? Ended(entry) : Said(entry)) is { } code
            ? (name.Groups[1].Value, code)
            : null;
    }

    private static string? Ended(JsonElement entry) => (Text(entry, "EXIT_CODE"), Text(entry, "EXIT_STATUS"), Text(entry, "UNIT_RESULT")) switch
    {
        ("exited", { } status, _) when int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => string.Create(CultureInfo.InvariantCulture, $"exit-{code}"),
        ("killed" or "dumped", { } status, _) when int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => string.Create(CultureInfo.InvariantCulture, $"signal-{code}"),
        // Of the others the exit has told already.
        (_, _, "oom-kill" or "timeout" or "watchdog" or "resources" or "protocol" or "start-limit-hit") => Text(entry, "UNIT_RESULT"),
        _ => null,
    };

    private static string? Said(JsonElement entry) => Text(entry, "PRIORITY") is "0" or "1" or "2" or "3"
        ? Text(entry, "MESSAGE") is { } message && Number().Match(message) is { Success: true } number ? number.Groups[1].Value : "other"
        : null;

    private static string? Text(JsonElement entry, string field) => entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^vetbooking@([a-z][a-z0-9-]{0,27})\.service$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Practice();

    // As the practice's log has it: "VetBooking.Booking.HoldSweeper[102] …".
    [GeneratedRegex(@"^[A-Za-z][A-Za-z.]*\[([1-9][0-9]{2})\] ", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
