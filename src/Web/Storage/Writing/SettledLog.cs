namespace VetBooking.Web.Storage;

/// <summary>SQLite's write-ahead log, whose pages go into the database once there are enough of them.</summary>
/// <param name="sums">Where the sums of the pages are kept; null if they are not.</param>
internal sealed class SettledLog(PageSums? sums)
{
    /// <summary>Once the log has so many pages they go into the database; SQLite's own default.</summary>
    private const int MostPages = 1000;

    private long tried;

    /// <summary>Looks whether it is time. Those who wait for a commit have been answered.</summary>
    public void Settle(Db db) => Settle(db, MostPages);

    /// <summary>All of it: an orderly end leaves none.</summary>
    public void SettleAll(Db db)
    {
        tried = 0;
        Settle(db, 1);
    }

    private void Settle(Db db, int most)
    {
        var (pages, settled) = db.Row("PRAGMA wal_checkpoint(NOOP)", row => (row.GetInt64(1), row.GetInt64(2)));
        if (pages < tried) tried = 0;
        // Pages written since a backup began stay in the log until it has read: trying again at every commit would be slow, and for nothing.
        if (pages - Math.Max(settled, tried) < most) return;
        if (sums is not null) sums.Settle(db);
        else db.Number("PRAGMA wal_checkpoint(PASSIVE)");
        // Not if it failed: a disk that is in the way is to be noticed at the next commit, too.
        tried = pages;
    }
}
