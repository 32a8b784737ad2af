using System.Globalization;

namespace VetBooking.Verify.Bench;

/// <summary>What a process takes of the machine's memory, in megabytes.</summary>
internal readonly record struct Memory(double Resident, double Proportional, double Anonymous)
{
    public static Memory Of(int process)
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup"));
        return new Memory(Read(lines, "Rss:"), Read(lines, "Pss:"), Read(lines, "Anonymous:"));
    }

    public static Memory Mean(IReadOnlyCollection<Memory> all) =>
        new(all.Average(one => one.Resident), all.Average(one => one.Proportional), all.Average(one => one.Anonymous));

    private static double Read(string[] lines, string name) =>
        double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
}
