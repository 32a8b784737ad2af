using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace VetBooking.Web.Storage;

/// <summary>Connections for reading. WAL lets them read while the writer writes; each sees the last commit.</summary>
public sealed class Readers(DataFolder folder, DiskTrust? trust = null) : IDisposable
{
    private readonly ConcurrentBag<Db> idle = [];

    /// <summary>Reads with a connection of its own.</summary>
    public T Read<T>(Func<Db, T> query)
    {
        if (!idle.TryTake(out var db)) db = Db.Open(folder.Database, readOnly: true);
        try
        {
            var answer = query(db);
            idle.Add(db);
            return answer;
        }
        catch (Exception failed)
        {
            // What a failing disk has told a connection it may still believe afterwards.
            if (failed is SqliteException) db.Dispose();
            else idle.Add(db);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out var db))
        {
            if (trust is { IsLost: true }) db.LeaveLog();
            db.Dispose();
        }
    }
}
