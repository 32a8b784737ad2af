using VetBooking.Web.Storage;

namespace VetBooking.Tests.Guards;

/// <summary>How the log's pages come into the database while somebody reads for long.</summary>
public sealed class SettledLogTests : IDisposable
{
    // A database of its own: a running practice would settle the log, too.
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vetbooking-log-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void While_a_backup_reads_it_is_not_tried_again_until_there_is_much_more_and_at_the_end_all_of_it_goes()
    {
        var file = Path.Combine(folder.FullName, "practice.db");
        using var db = Db.Open(file);
        db.Execute("PRAGMA wal_autocheckpoint = 0; CREATE TABLE bulk (content TEXT) STRICT");
        var log = new SettledLog(null);
        log.SettleAll(db);
        Assert.Equal(0, Unsettled(db));

        using (var backup = Db.Open(file))
        {
            backup.Execute("BEGIN");
            backup.Number("SELECT count(*) FROM bulk");
            Write(db, pages: 1100);
            log.Settle(db);
            Assert.InRange(Unsettled(db), 1100, int.MaxValue);
            backup.Execute("ROLLBACK");
        }
        // It could go now; but only what is new since the last try is counted.
        Write(db, pages: 100);
        log.Settle(db);
        Assert.InRange(Unsettled(db), 1200, int.MaxValue);
        Write(db, pages: 1000);
        log.Settle(db);
        Assert.Equal(0, Unsettled(db));

        Write(db, pages: 10);
        log.Settle(db);
        Assert.InRange(Unsettled(db), 10, 999);
        log.SettleAll(db);
        Assert.Equal(0, Unsettled(db));
    }

    private static void Write(Db db, int pages) => db.Execute("INSERT INTO bulk VALUES ($content)", ("$content", new string('x', pages * 4096)));

    private static long Unsettled(Db db) => db.Row("PRAGMA wal_checkpoint(NOOP)", row => row.GetInt64(1) - row.GetInt64(2));
}
