using System.Collections.Concurrent;

namespace VetBooking.Web.Storage;

/// <summary>Connections for reading. WAL lets them read while the writer writes; each sees the last commit.</summary>
public sealed class Readers(DataFolder folder) : IDisposable
{
    private readonly ConcurrentBag<Db> idle = [];

    /// <summary>Reads with a connection of its own.</summary>
    public T Read<T>(Func<Db, T> query)
    {
        if (!idle.TryTake(out var db)) db = Db.Open(folder.Database, readOnly: true);
        try
        {
            return query(db);
        }
        finally
        {
            idle.Add(db);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out var db)) db.Dispose();
    }
}
