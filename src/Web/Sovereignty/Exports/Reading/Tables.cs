using System.Text;
using VetBooking.Web.Clients.Csv;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports.Reading;

/// <summary>The tables of an export that a spreadsheet opens. No cell is taken for a formula (CWE-1236).</summary>
internal static class Tables
{
    private const char Delimiter = ';';

    private static readonly (string File, string[] Headings, string Sql)[] All =
    [
        ("kunden", ["Nummer", "Kundennummer", "Name", "E-Mail", "Telefon", "Weitere Telefone", "Straße", "PLZ", "Ort", "Sprache", "Bemerkung"],
            """
            SELECT id, reference, name, email, phone, (SELECT group_concat(phone, ', ') FROM owner_phone WHERE owner_id = owner.id), street, postcode, city, language, note
            FROM owner ORDER BY id
            """),
        ("tiere", ["Nummer", "Kunde", "Name", "Tierart", "Rasse", "Geschlecht", "Kastriert", "Geboren", "Chipnummer", "Versicherung", "Verhalten", "Bemerkung", "Verstorben oder abgegeben", "am"],
            "SELECT id, owner_id, name, species_id, breed, sex, neutered, born, chip, insurance, behaviour, note, departed, departed_on FROM animal ORDER BY id"),
        ("termine", ["Terminnummer", "Beginn", "Minuten", "Anliegen", "Stand", "Bei", "Kunde", "Name", "E-Mail", "Telefon", "Tiere", "Nachricht", "Notiz der Praxis", "Grund der Absage"],
            """
            SELECT number, starts_local, minutes, visit_type_id, state, (SELECT name FROM resource WHERE id = vet), owner_id, name, email, phone,
              (SELECT group_concat(name || ' (' || species_id || ')', ', ') FROM appointment_animal WHERE appointment_id = appointment.id), note, staff_note, cancel_reason
            FROM appointment ORDER BY starts_at, id
            """),
        ("nachrichten", ["Nummer", "Art", "Weg", "Stand", "Geschrieben (UTC)", "Verschickt (UTC)", "Termin", "Kunde", "Betreff", "Text"],
            """
            SELECT m.id, m.kind, m.channel, m.state, datetime(m.created_at, 'unixepoch'), datetime(m.sent_at, 'unixepoch'), a.number, coalesce(m.owner_id, a.owner_id), m.subject, m.said
            FROM outbox m LEFT JOIN appointment a ON a.id = m.appointment_id WHERE m.account_id IS NULL ORDER BY m.id
            """),
        ("einwilligungen", ["Kunde", "Zweck", "Was", "Wann (UTC)", "Wie", "Wortlaut", "Sprache"],
            "SELECT owner_id, purpose, act, datetime(at, 'unixepoch'), how, wording, language FROM consent ORDER BY id"),
        ("warteliste", ["Nummer", "Stand", "Anliegen", "Von", "Bis", "Name", "E-Mail", "Telefon", "Tiere"],
            """
            SELECT id, state, visit_type_id, first_day, last_day, name, email, phone,
              (SELECT group_concat(name || ' (' || species_id || ')', ', ') FROM waiting_animal WHERE waiting_id = waiting.id)
            FROM waiting ORDER BY id
            """),
    ];

    public static IEnumerable<string> Files => All.Select(table => $"tabellen/{table.File}.csv");

    public static async Task Write(ExportArchive archive, Db db)
    {
        foreach (var (file, headings, sql) in All)
        {
            await archive.Add($"tabellen/{file}.csv", async stream =>
            {
                await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 14, leaveOpen: true);
                await text.WriteAsync(CsvExport.Row(headings, Delimiter));
                using var command = db.Connection.CreateCommand();
                command.CommandText = sql;
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    var cells = Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!);
                    await text.WriteAsync(CsvExport.Row(cells, Delimiter));
                }
            });
        }
    }
}
