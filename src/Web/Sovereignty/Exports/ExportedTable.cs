using System.Text.Encodings.Web;
using System.Text.Json;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Map;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>
/// A table as an export holds it: an array of objects, one row a line, with the columns the data map lets go. Numbers are
/// numbers, texts are texts, and a BLOB is base 64; which column is which, the schema says.
/// </summary>
internal sealed class ExportedTable
{
    private readonly string name;
    private readonly List<(string Name, bool IsBlob)> columns;
    private readonly string order;

    private ExportedTable(Db db, MappedTable table)
    {
        name = table.Name;
        var types = db.Rows("SELECT name, type FROM pragma_table_xinfo($table)", row => (Name: row.GetString(0), Type: row.GetString(1)), ("$table", name)).ToDictionary(row => row.Name, row => row.Type);
        columns = [.. table.Exported.Where(types.ContainsKey).Select(column => (column, types[column] == "BLOB"))];
        order = LogicalDigest.Order(db, name);
    }

    /// <summary>The file it is in.</summary>
    public string File => $"daten/{name}.json";

    private string Columns => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

    private string Rows => $"SELECT {Columns} FROM \"{name}\" ORDER BY {order}";

    /// <summary>All of a database. One of an earlier release lacks what came later.</summary>
    public static List<ExportedTable> Of(Db db) => [.. DataMap.Tables.Where(table => table.IsExported).Select(table => new ExportedTable(db, table)).Where(table => table.columns.Count > 0)];

    /// <summary>The digest of what an export holds of every table.</summary>
    public static SortedDictionary<string, string> Digests(Db db) => new(Of(db).ToDictionary(table => table.name, table => LogicalDigest.Of(db, table.Rows)), StringComparer.Ordinal);

    /// <summary>Writes its rows.</summary>
    public void Write(Db db, Stream to)
    {
        using var command = db.Connection.CreateCommand();
        command.CommandText = Rows;
        using var reader = command.ExecuteReader();
        to.Write("["u8);
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (var first = true; reader.Read(); first = false)
        {
            to.Write(first ? "\n"u8 : ",\n"u8);
            json.Reset();
            json.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                json.WritePropertyName(columns[i].Name);
                switch (reader.GetValue(i))
                {
                    case long number: json.WriteNumberValue(number); break;
                    case double number: json.WriteNumberValue(number); break;
                    case byte[] bytes: json.WriteBase64StringValue(bytes); break;
                    case string text: json.WriteStringValue(text); break;
                    default: json.WriteNullValue(); break;
                }
            }
            json.WriteEndObject();
            json.Flush();
        }
        to.Write("\n]\n"u8);
    }

    /// <summary>Puts the rows of a file into the table, which is emptied first.</summary>
    /// <exception cref="ExportException">The file is not what <see cref="Write"/> writes.</exception>
    public async Task Fill(Db db, Stream from)
    {
        db.Execute($"DELETE FROM \"{name}\"");
        var insert = $"INSERT INTO \"{name}\" ({Columns}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
        try
        {
            await foreach (var row in JsonSerializer.DeserializeAsyncEnumerable(from, ExportJson.Default.JsonElement))
            {
                if (row.ValueKind != JsonValueKind.Object || row.GetPropertyCount() != columns.Count) throw Strange();
                db.Execute(insert, [.. columns.Select((column, i) => ($"$p{i}", Value(row, column)))]);
            }
        }
        // A text that is no Unicode, like half a surrogate pair, shows only when it is read: InvalidOperationException.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH })
        {
            throw Strange(broken);
        }
    }

    private object? Value(JsonElement row, (string Name, bool IsBlob) column) => row.TryGetProperty(column.Name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.String when !column.IsBlob => value.GetString(),
        JsonValueKind.String when value.TryGetBytesFromBase64(out var bytes) => bytes,
        _ => throw Strange(),
    } : throw Strange();

    private ExportException Strange(Exception? inner = null) => new($"{File} is not what an export holds. Use another export.", inner);
}
