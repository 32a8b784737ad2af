using System.Text;

namespace VetBooking.Tests.Messages;

/// <summary>A strict reader of its own: refuses whatever RFC 5545 does not allow in the files we write.</summary>
internal sealed record IcsEvent(string Method, IReadOnlyDictionary<string, string> Properties)
{
    private static readonly string[] Texts = ["UID", "SUMMARY", "LOCATION", "DESCRIPTION"];

    public static IcsEvent Parse(string file)
    {
        Assert.EndsWith("\r\n", file, StringComparison.Ordinal);
        var physical = file[..^2].Split("\r\n");
        Assert.All(physical, line =>
        {
            Assert.DoesNotContain(line, c => char.IsControl(c));
            Assert.InRange(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(line), 1, 75);
        });
        var lines = new List<string>();
        foreach (var line in physical)
        {
            if (line[0] == ' ') lines[^1] += line[1..];
            else lines.Add(line);
        }
        Assert.Equal("BEGIN:VCALENDAR", lines[0]);
        Assert.Equal("END:VCALENDAR", lines[^1]);
        var (begin, end) = (lines.IndexOf("BEGIN:VEVENT"), lines.IndexOf("END:VEVENT"));
        Assert.Equal(lines.Count - 2, end);
        Assert.Equal(2, lines.Count(line => line.StartsWith("BEGIN:", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.StartsWith("END:", StringComparison.Ordinal)));
        var head = lines[1..begin].Select(Split).ToDictionary();
        Assert.Equal(["CALSCALE", "METHOD", "PRODID", "VERSION"], head.Keys.Order(StringComparer.Ordinal));
        return new IcsEvent(head["METHOD"], lines[(begin + 1)..end].Select(Split).ToDictionary());
    }

    private static KeyValuePair<string, string> Split(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            if (line[i] != ':' || quoted) continue;
            var name = line[..i].Split(';')[0];
            return KeyValuePair.Create(name, Texts.Contains(name) ? Unescape(line[(i + 1)..]) : line[(i + 1)..]);
        }
        throw new FormatException("A line without a value: " + line);
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is ';' or ',') throw new FormatException("Not escaped: " + value);
            if (value[i] != '\\') text.Append(value[i]);
            else text.Append(value[++i] switch { 'n' => '\n', '\\' => '\\', ';' => ';', ',' => ',', var other => throw new FormatException("\\" + other) });
        }
        return text.ToString();
    }
}
