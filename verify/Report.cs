using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace VetBooking.Verify;

/// <summary>What a run found: checks that held or not, and figures.</summary>
internal sealed class Report(string verb, int seed)
{
    private readonly JsonObject figures = new() { ["verify"] = verb, ["seed"] = seed };
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int passed;
    private int failed;

    public bool Failed => failed > 0;

    public void Say(string line) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{watch.Elapsed.TotalSeconds,6:0.0}] {line}"));

    public bool Check(string what, bool holds, string detail = "")
    {
        if (holds) passed++;
        else
        {
            failed++;
            Say($"FAILED: {what}{(detail.Length > 0 ? ": " + detail : "")}");
        }
        return holds;
    }

    /// <summary>Passes if there is nothing in the list; says the first few otherwise.</summary>
    public bool CheckNone<T>(string what, IReadOnlyCollection<T> findings) =>
        Check(what, findings.Count == 0, $"{findings.Count}, among them {string.Join(" | ", findings.Take(5))}");

    public void Figure(string name, JsonNode? value) => figures[name] = value;

    /// <summary>Says whether a target of the documents is met. On a busy machine a miss is no fault, so it fails nothing.</summary>
    public void Target(string name, double value, double most)
    {
        Figure(name, Math.Round(value, 1));
        Say(string.Create(CultureInfo.InvariantCulture, $"{(value <= most ? "met" : "MISSED")}: {name} {value:0.#}, target at most {most:0.#}"));
    }

    public void Durations(string name, IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        if (sorted.Length == 0) return;
        figures[name] = new JsonObject
        {
            ["count"] = sorted.Length,
            ["p50"] = Math.Round(sorted[sorted.Length / 2], 1),
            ["p95"] = Math.Round(sorted[sorted.Length * 95 / 100], 1),
            ["max"] = Math.Round(sorted[^1], 1),
        };
    }

    /// <summary>The last words of a run, and its exit code.</summary>
    public int Close()
    {
        figures["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 1);
        figures["passed"] = passed;
        figures["failed"] = failed;
        Console.Out.WriteLine(figures.ToJsonString());
        Console.Out.WriteLine($"{passed} passed, {failed} failed");
        // A run that checked nothing has shown nothing.
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
