using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>
/// Overwrites what erased rows left in SQLite's write-ahead log. In the database itself they are zeros already
/// (<c>secure_delete</c>); the log is a file of its own whose old blocks would outlive it.
/// </summary>
internal static class Scrub
{
    private const int Step = 1 << 18;
    private const int Tries = 50;

    /// <summary>Does it; answers whether the log is empty now. While somebody reads, parts of it stay until the next time.</summary>
    public static bool Run(Db db)
    {
        var log = new FileInfo(db.Connection.DataSource + "-wal");
        // From here on the log is written from its start again, over what it held.
        Checkpoint(db, "RESTART");
        var length = log.Exists ? log.Length : 0;
        db.Execute("CREATE TABLE IF NOT EXISTS scrub (zeros BLOB)");
        db.Execute("INSERT INTO scrub VALUES (zeroblob(1))");
        for (long written = 0; written < length; written += Step) db.Execute($"UPDATE scrub SET zeros = zeroblob({Step})");
        db.Execute("DROP TABLE scrub");
        return Checkpoint(db, "TRUNCATE");
    }

    private static bool Checkpoint(Db db, string how)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (db.Number($"PRAGMA wal_checkpoint({how})") == 0) return true;
            Thread.Sleep(100);
        }
        return false;
    }
}
