using Microsoft.Data.Sqlite;

namespace VetBooking.Web.Storage;

/// <summary>
/// One connection to the practice's database, with its statements prepared once. Not for several threads at a time.
/// </summary>
public sealed class Db : IDisposable
{
    /// <summary>
    /// Older versions can corrupt a database in WAL mode when two connections write and checkpoint at once
    /// (sqlite.org/wal.html, "the WAL-reset bug").
    /// </summary>
    public static readonly Version OldestSafeSqlite = new(3, 51, 3);

    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int NoCheckpointOnClose = 1006;

    private readonly Dictionary<string, SqliteCommand> prepared = [];

    private Db(SqliteConnection connection) => Connection = connection;

    /// <summary>The connection itself, for what SQL cannot say.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Opens the database with the settings it is always used with; see docs/decisions/0003-sqlite-profile.md.</summary>
    /// <exception cref="OldSqliteException">The SQLite at hand is not safe.</exception>
    public static Db Open(string path, bool readOnly = false)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        var db = new Db(connection);
        try
        {
            db.SetUp(readOnly);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private void SetUp(bool readOnly)
    {
        Connection.Open();
        if (Version.Parse(Connection.ServerVersion) < OldestSafeSqlite) throw new OldSqliteException(Connection.ServerVersion);
        Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA secure_delete = ON;
            PRAGMA trusted_schema = OFF;
            PRAGMA cell_size_check = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA mmap_size = 0;
            PRAGMA busy_timeout = 5000;
            PRAGMA journal_size_limit = 16777216;
            """);
        if (readOnly) Execute("PRAGMA query_only = ON");
    }

    /// <summary>Closing the last connection leaves the log as it lies, instead of writing it into the database.</summary>
    public void LeaveLog() => SQLitePCL.raw.sqlite3_db_config(Connection.Handle, NoCheckpointOnClose, 1, out _);

    /// <summary>Runs a statement; answers how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) => Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>Runs an INSERT; answers the new row's id.</summary>
    public long Insert(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        Prepare(sql, arguments).ExecuteNonQuery();
        return SQLitePCL.raw.sqlite3_last_insert_rowid(Connection.Handle);
    }

    /// <summary>All rows of a query.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        using var reader = Prepare(sql, arguments).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    /// <summary>The first row of a query, or the default if there is none.</summary>
    public T? Row<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        using var reader = Prepare(sql, arguments).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>The single whole number a query answers; 0 if none.</summary>
    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Prepare(sql, arguments).ExecuteScalar() is long number ? number : 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        Connection.Dispose();
    }

    // The SQL is a constant beside the feature that needs it; values only ever come in as parameters.
    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in arguments) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            prepared.Add(sql, command);
        }
        for (var i = 0; i < arguments.Length; i++) command.Parameters[i].Value = arguments[i].Value ?? DBNull.Value;
        return command;
    }
}

/// <summary>The SQLite that was loaded can lose data; nothing was opened with it.</summary>
public sealed class OldSqliteException(string version)
    : Exception($"SQLite {version} is too old to be safe; {Db.OldestSafeSqlite} or newer is needed. Use the libe_sqlite3.so that came with this program.");

/// <summary>Reading columns that may be null.</summary>
internal static class Columns
{
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
