using System.Text;

namespace VetBooking.Web.Clients.Csv;

/// <summary>A record of a file.</summary>
/// <param name="Line">The line it begins on, counted from 1.</param>
/// <param name="Cells">What stands in it.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>Reads comma-separated values (RFC 4180), whatever separates them.</summary>
public static class CsvReader
{
    private static readonly char[] Delimiters = [';', ',', '\t', '|'];

    /// <summary>What separates the cells: whatever there is most of in the first lines, outside of quotes, and as often in each.</summary>
    public static char DelimiterOf(string text)
    {
        var head = Read(text.Length > 20_000 ? text[..20_000] : text, '\0', 20).Records;
        return Delimiters.MaxBy(delimiter =>
        {
            var counts = head.Select(record => record.Cells[0].Count(one => one == delimiter)).ToList();
            return counts.Count == 0 ? 0 : counts[0] * 1000 - counts.Sum(count => Math.Abs(count - counts[0]));
        });
    }

    /// <summary>All records that are not empty; whether a quote is still open at the end.</summary>
    public static (List<CsvRecord> Records, bool OpenQuote) Read(string text, char delimiter, int most = int.MaxValue)
    {
        var records = new List<CsvRecord>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, begun, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length && records.Count < most; i++)
        {
            var one = text[i];
            if (one == '\n' || (one == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) line++;
            if (quoted)
            {
                if (one != '"') cell.Append(one);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (one == '"' && cell.Length == 0 && delimiter != '\0') quoted = true;
            else if (one == delimiter) End(cells, cell);
            else if (one is '\n' or '\r')
            {
                if (one == '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
                Close();
            }
            else cell.Append(one);
        }
        if (records.Count < most) Close();
        return (records, quoted);

        void Close()
        {
            End(cells, cell);
            if (cells.Exists(one => !string.IsNullOrWhiteSpace(one))) records.Add(new CsvRecord(begun, [.. cells]));
            cells.Clear();
            begun = line;
        }
    }

    private static void End(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString());
        cell.Clear();
    }
}
