using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VetBooking.Verify.Bench;

/// <summary>Asks for free times, as many visit types, species and people as the practice has taking turns.</summary>
internal static partial class SlotQuestions
{
    public static List<string> Paths(Facts facts, int days) =>
    [
        .. from type in facts.Types
           from species in type.Minutes.Keys
           from vet in type.People.Prepend("")
           select string.Create(CultureInfo.InvariantCulture,
               $"api/v1/slots?visitType={type.Id}&species={species}&days={days}{(vet.Length > 0 ? "&vet=" + vet : "")}"),
    ];

    /// <summary>The first question of all: some dog, whoever is there.</summary>
    public static string One(Facts facts, int days) => Paths(facts, days).First(path => !path.Contains("&vet=", StringComparison.Ordinal));

    /// <summary>Requests per second, and the time half and 99 % of them took at the most, in milliseconds.</summary>
    public static async Task<(double PerSecond, double P50, double P99)> Ask(Uri url, IReadOnlyList<string> paths, int connections, int seconds, string work)
    {
        if (!Programs.Has("wrk"))
        {
            var requests = Enumerable.Range(0, 20_000 * seconds).Select(i => Load.Get(url, paths[i % paths.Count])).ToArray();
            var seen = await Load.Run(url, connections, requests, TimeSpan.FromSeconds(seconds));
            if (seen.Count(200) != seen.Milliseconds.Length) throw new InvalidOperationException("Not every answer was 200.");
            return (seen.PerSecond(200), seen.Percentile(0.5), seen.Percentile(0.99));
        }
        var script = Path.Combine(work, "paths.lua");
        await File.WriteAllTextAsync(script,
            $"local paths = {{ {string.Join(", ", paths.Select(path => $"\"/{path}\""))} }}\nlocal at = 0\n" +
            "request = function() at = at % #paths + 1 return wrk.format(nil, paths[at]) end\n");
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, url.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (wrk.ExitCode != 0 || text.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException("wrk: " + text);
        return (double.Parse(PerSecond().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), Milliseconds(Half().Match(text)), Milliseconds(Most().Match(text)));
    }

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Half();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Most();
}
