using System.Globalization;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Bench;

/// <summary>What was measured, in order, with the targets that were set beforehand.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value, string Unit, Target? Target)> rows = [];

    private sealed record Target(double Limit, bool AtMost)
    {
        public bool IsMet(double value) => AtMost ? value <= Limit : value >= Limit;
        public string Words => string.Create(CultureInfo.InvariantCulture, $"{(AtMost ? "<=" : ">=")} {Limit:0.###}");
    }

    public void Add(string name, double value, string unit) => Add(name, value, unit, null);
    public void AtMost(double limit, string name, double value, string unit) => Add(name, value, unit, new Target(limit, AtMost: true));
    public void AtLeast(double limit, string name, double value, string unit) => Add(name, value, unit, new Target(limit, AtMost: false));

    /// <summary>The table for people, the line of JSON for programs, and what became of each target.</summary>
    public void Print(string executable, bool isShort, TimeSpan took)
    {
        foreach (var (name, value, unit, target) in rows) Console.Error.WriteLine($"{name,-62} {Rounded(value),10} {unit,-6} {target?.Words}");
        Console.Out.WriteLine(new JsonObject
        {
            ["bench"] = executable,
            ["short"] = isShort,
            ["seconds"] = Math.Round(took.TotalSeconds, 1),
            ["figures"] = new JsonObject(rows.Select(row => KeyValuePair.Create(row.Name, (JsonNode?)JsonValue.Create(Round(row.Value))))),
            ["missed"] = new JsonArray([.. rows.Where(row => row.Target?.IsMet(row.Value) == false).Select(row => (JsonNode)row.Name)]),
        }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        foreach (var (name, value, unit, target) in rows)
        {
            if (target is not null) Console.Error.WriteLine($"{(target.IsMet(value) ? "met   " : "MISSED")} {name}: {Rounded(value)} {unit}, target {target.Words}");
        }
    }

    private void Add(string name, double value, string unit, Target? target)
    {
        rows.Add((name, value, unit, target));
        Console.Error.WriteLine($"  {name}: {Rounded(value)} {unit}");
    }

    // Three digits that mean something are enough, and more than the machine repeats.
    private static double Round(double value) => value is 0 ? 0 : Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 4));

    private static string Rounded(double value) => Round(value).ToString("#,0.####", CultureInfo.InvariantCulture);
}

/// <summary>Taking the middle.</summary>
internal static class Middle
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
