using System.Globalization;
using System.Text;

namespace VetBooking.Fleet.Watching;

/// <summary>Metrics as OpenMetrics 1.0 text, which Prometheus and every OpenTelemetry collector read.</summary>
internal static class OpenMetrics
{
    public static string Of(IEnumerable<Metric> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics.Where(metric => metric.Points.Count > 0))
        {
            var unit = metric.Unit switch { "By" => "bytes", "s" => "seconds", _ => "" };
            var name = metric.Name.Replace('.', '_') + (unit.Length > 0 ? "_" + unit : "");
            text.Append("# TYPE ").Append(name).Append(" gauge\n");
            if (unit.Length > 0) text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
            text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(metric.About)).Append('\n');
            foreach (var (labels, value) in metric.Points)
            {
                text.Append(name);
                if (labels.Count > 0) text.Append('{').AppendJoin(',', labels.Select(label => $"{label.Key}=\"{Escaped(label.Value)}\"")).Append('}');
                text.Append(' ').Append(value.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
            }
        }
        return text.Append("# EOF\n").ToString();
    }

    private static string Escaped(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
