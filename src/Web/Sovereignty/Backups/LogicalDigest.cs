using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SQLitePCL;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// What a database says, whatever its pages look like: one SHA-256 for each table, over every value of every row in the order
/// of its key. Two databases are equal if these are; what a practice remembers of its backups does not count, for that changes
/// with every one of them.
/// </summary>
internal static class LogicalDigest
{
    private const string Schema = "sqlite_schema";

    /// <summary>The digest of every table, and of the schema itself, by name.</summary>
    public static SortedDictionary<string, string> Of(Db db)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Schema] = Of(db, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name") };
        foreach (var table in db.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'backup_run' AND name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY name", row => row.GetString(0)))
            digests.Add(table, Of(db, $"SELECT * FROM \"{table}\" ORDER BY {Order(db, table)}"));
        return digests;
    }

    /// <summary>One digest of all tables.</summary>
    public static string Whole(SortedDictionary<string, string> digests) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', digests.Select(one => one.Key + ' ' + one.Value)))));

    /// <summary>The columns a table's rows are put in order by: its key, or all.</summary>
    internal static string Order(Db db, string table)
    {
        var key = db.Rows("SELECT name FROM pragma_table_info($table) WHERE pk > 0 ORDER BY pk", row => row.GetString(0), ("$table", table));
        if (key.Count == 0) key = db.Rows("SELECT name FROM pragma_table_info($table) ORDER BY cid", row => row.GetString(0), ("$table", table));
        return string.Join(", ", key.Select(column => $"\"{column}\""));
    }

    /// <summary>The digest of a query's rows, in the order they come in.</summary>
    // SQLite's own interface, value by value: a million of them are read in a moment, and nothing is converted on the way.
    internal static string Of(Db db, string sql)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rc = raw.sqlite3_prepare_v2(db.Connection.Handle, sql, out var statement);
        if (rc != raw.SQLITE_OK) throw new Microsoft.Data.Sqlite.SqliteException($"The digest cannot be read: {raw.sqlite3_errmsg(db.Connection.Handle).utf8_to_string()}", rc);
        using (statement)
        {
            var columns = raw.sqlite3_column_count(statement);
            Span<byte> head = stackalloc byte[9];
            while ((rc = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                for (var i = 0; i < columns; i++) Add(hash, statement, i, head);
            }
        }
        if (rc != raw.SQLITE_DONE) throw new Microsoft.Data.Sqlite.SqliteException("The database cannot be read to its end.", rc);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, sqlite3_stmt statement, int column, Span<byte> head)
    {
        var type = raw.sqlite3_column_type(statement, column);
        head[0] = (byte)type;
        switch (type)
        {
            case raw.SQLITE_INTEGER:
                BinaryPrimitives.WriteInt64BigEndian(head[1..], raw.sqlite3_column_int64(statement, column));
                hash.AppendData(head);
                break;
            case raw.SQLITE_FLOAT:
                BinaryPrimitives.WriteDoubleBigEndian(head[1..], raw.sqlite3_column_double(statement, column));
                hash.AppendData(head);
                break;
            default:
                // A text's bytes are a blob's, without a conversion; a null has none. Lengths in front, so that no two rows read the same.
                var bytes = type == raw.SQLITE_NULL ? [] : raw.sqlite3_column_blob(statement, column);
                BinaryPrimitives.WriteInt64BigEndian(head[1..], bytes.Length);
                hash.AppendData(head);
                hash.AppendData(bytes);
                break;
        }
    }
}
