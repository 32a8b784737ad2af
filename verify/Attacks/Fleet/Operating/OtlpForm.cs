using System.Globalization;
using System.Text.Json;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>Whether a body is an ExportMetricsServiceRequest in OTLP's JSON form: known members only, each of the type the protocol says, 64-bit numbers as strings.</summary>
internal static class OtlpForm
{
    private static readonly string[] Labels = ["practice", "release", "code", "unit"];

    public static IReadOnlyList<string> Problems(string body)
    {
        var found = new List<string>();
        using var document = JsonDocument.Parse(body);
        foreach (var resource in Each(document.RootElement, "resourceMetrics", found))
        {
            Only(resource, ["resource", "scopeMetrics", "schemaUrl"], found);
            var attributes = Attributes(resource.GetProperty("resource"), found);
            if (!attributes.Contains("service.name")) found.Add("no service.name");
            foreach (var scope in Each(resource, "scopeMetrics", found))
            {
                Only(scope, ["scope", "metrics", "schemaUrl"], found);
                foreach (var metric in Each(scope, "metrics", found)) Metric(metric, found);
            }
        }
        return found;
    }

    private static void Metric(JsonElement metric, List<string> found)
    {
        Only(metric, ["name", "description", "unit", "gauge"], found);
        var name = metric.GetProperty("name").GetString()!;
        if (name.Any(letter => !char.IsAsciiLetterLower(letter) && letter is not ('.' or '_'))) found.Add($"{name} is no name of a metric");
        foreach (var point in Each(metric.GetProperty("gauge"), "dataPoints", found))
        {
            Only(point, ["attributes", "timeUnixNano", "asDouble"], found);
            if (point.GetProperty("timeUnixNano") is not { ValueKind: JsonValueKind.String } time || !ulong.TryParse(time.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)) found.Add($"{name}: the time is no string of digits");
            else if (Math.Abs((DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds((long)(at / 1_000_000))).TotalHours) > 1) found.Add($"{name}: the time is not now");
            if (point.GetProperty("asDouble").ValueKind != JsonValueKind.Number) found.Add($"{name}: no number");
            found.AddRange(Attributes(point, found).Except(Labels).Select(label => $"{name}: a label that nobody knows: {label}"));
        }
    }

    private static List<string> Attributes(JsonElement owner, List<string> found)
    {
        var keys = new List<string>();
        foreach (var attribute in Each(owner, "attributes", found, mayBeEmpty: true))
        {
            Only(attribute, ["key", "value"], found);
            keys.Add(attribute.GetProperty("key").GetString()!);
            if (attribute.GetProperty("value").GetProperty("stringValue").ValueKind != JsonValueKind.String) found.Add($"{keys[^1]} is no string");
        }
        if (keys.Distinct().Count() < keys.Count) found.Add($"a label twice: {string.Join(' ', keys)}");
        return keys;
    }

    private static IEnumerable<JsonElement> Each(JsonElement owner, string member, List<string> found, bool mayBeEmpty = false)
    {
        if (!owner.TryGetProperty(member, out var list) || list.ValueKind != JsonValueKind.Array || (list.GetArrayLength() == 0 && !mayBeEmpty)) found.Add($"no {member}");
        else
            foreach (var one in list.EnumerateArray()) yield return one;
    }

    private static void Only(JsonElement owner, string[] known, List<string> found) =>
        found.AddRange(owner.EnumerateObject().Select(member => member.Name).Except(known).Select(name => $"nobody knows {name}"));
}
