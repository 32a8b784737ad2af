using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace VetBooking.Verify;

/// <summary>The practice's database, opened without the product's code.</summary>
internal static class Database
{
    public static SqliteConnection OpenToRead(string path) => Open(path, SqliteOpenMode.ReadOnly);

    public static SqliteConnection OpenToWrite(string path) => Open(path, SqliteOpenMode.ReadWrite);

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            ForeignKeys = mode == SqliteOpenMode.ReadWrite ? true : null,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    public static int Execute(this SqliteConnection connection, string sql, params object[] values)
    {
        using var command = connection.Prepare(sql, values);
        return command.ExecuteNonQuery();
    }

    public static List<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var command = connection.Prepare(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public static long Number(this SqliteConnection connection, string sql, params object[] values) =>
        connection.Rows(sql, row => row.GetInt64(0), values).Single();

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A hash of every row of every table, SQLite's own counters included.</summary>
    public static string Digest(string path) => Hash(string.Join('\n', Digests(path).Select(one => $"{one.Key} {one.Value}")));

    /// <summary>A hash of every row of each table, and of the schema, by name.</summary>
    public static SortedDictionary<string, string> Digests(string path)
    {
        using var connection = OpenToRead(path);
        using var snapshot = connection.BeginTransaction(deferred: true);
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in connection.Rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", row => row.GetString(0)))
        {
            digests.Add(table, HashOf($"SELECT * FROM \"{table}\""));
        }
        digests.Add("sqlite_schema", HashOf("SELECT type, name, tbl_name, sql FROM sqlite_master"));
        return digests;

        string HashOf(string sql)
        {
            var rows = connection.Rows(sql, Line);
            rows.Sort(string.CompareOrdinal);
            return Hash(string.Join('\n', rows));
        }
    }

    /// <summary>The tables whose rows are not the same.</summary>
    public static List<string> Differences(SortedDictionary<string, string> one, SortedDictionary<string, string> other, params string[] but) =>
        [.. one.Keys.Union(other.Keys).Except(but).Where(table => one.GetValueOrDefault(table) != other.GetValueOrDefault(table))];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Line(SqliteDataReader row)
    {
        var line = new StringBuilder();
        for (var column = 0; column < row.FieldCount; column++)
        {
            var value = row.GetValue(column);
            // The type too, so that 1 and '1' differ.
            line.Append(value.GetType().Name).Append(':').Append(value switch
            {
                byte[] bytes => Convert.ToHexString(bytes),
                string text => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            }).Append('\t');
        }
        return line.ToString();
    }

    private static SqliteCommand Prepare(this SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }
}
