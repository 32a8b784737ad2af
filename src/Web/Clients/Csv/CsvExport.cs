using System.Text;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Csv;

/// <summary>
/// Owners and animals as a file that spreadsheets open without running anything (CWE-1236): a cell that a program could
/// take for a formula begins with an apostrophe, and a telephone number with 00 instead of the plus, so that it stays one.
/// </summary>
internal static class CsvExport
{
    private static readonly IReadOnlyList<string> Headings =
    [
        "Kundennummer", "Name", "E-Mail", "Telefon", "Mobil", "Telefon 3", "Straße", "PLZ", "Ort", "Bemerkung",
        "Tiername", "Tierart", "Rasse", "Geschlecht", "Kastriert", "Geboren", "Chipnummer", "Versicherung", "Tierbemerkung",
    ];

    /// <summary>The file: one line for each animal, and one for each owner without any.</summary>
    public static byte[] Write(Db db, char delimiter)
    {
        var phones = db.Rows("SELECT owner_id, phone FROM owner_phone ORDER BY owner_id, position", row => (Id: row.GetInt64(0), Phone: row.GetString(1))).ToLookup(row => row.Id, row => row.Phone);
        var text = new StringBuilder("\uFEFF");
        Line(text, delimiter, Headings);
        var rows = db.Rows(
            """
            SELECT o.id, o.reference, o.name, o.email, o.phone, o.street, o.postcode, o.city, o.note,
                   a.name, a.species_id, a.breed, a.sex, a.neutered, a.born, a.chip, a.insurance, a.note
            FROM owner o LEFT JOIN animal a ON a.owner_id = o.id AND a.departed IS NULL ORDER BY o.id, a.id
            """,
            row => (Id: row.GetInt64(0), Cells: Enumerable.Range(1, 17).Select(i => row.IsDBNull(i) ? "" : row.GetValue(i).ToString()!).ToArray()));
        foreach (var (id, cells) in rows)
        {
            var more = phones[id].ToList();
            Line(text, delimiter,
            [
                .. cells.AsSpan(0, 3), Phone(cells[3]), Phone(more.ElementAtOrDefault(0) ?? ""), Phone(more.ElementAtOrDefault(1) ?? ""), .. cells.AsSpan(4, 4),
                cells[8], cells[9].Length == 0 ? "" : Text.In("de").SpeciesName(cells[9]), cells[10], cells[11] switch { "female" => "weiblich", "male" => "männlich", _ => "" },
                cells[12] switch { "1" => "ja", "0" => "nein", _ => "" }, .. cells.AsSpan(13),
            ]);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A cell as it stands in the file.</summary>
    internal static string Cell(string value, char delimiter)
    {
        if (IsFormula(value)) value = "'" + value;
        return value.AsSpan().ContainsAny([delimiter, '"', '\r', '\n', '\'']) ? "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : value;
    }

    /// <summary>A cell without the apostrophe that only a spreadsheet needs.</summary>
    internal static string Bare(string cell) => cell.Length > 1 && cell[0] == '\'' && IsFormula(cell[1..]) ? cell[1..] : cell;

    private static bool IsFormula(string value) => value.Length > 0 && value[0] is ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20');

    private static string Phone(string phone) => phone.StartsWith('+') ? "00" + phone[1..].TrimStart() : phone;

    /// <summary>A row with its end (RFC 4180).</summary>
    internal static string Row(IEnumerable<string> cells, char delimiter) => string.Join(delimiter, cells.Select(cell => Cell(cell, delimiter))) + "\r\n";

    private static void Line(StringBuilder text, char delimiter, IEnumerable<string> cells) => text.Append(Row(cells, delimiter));
}
