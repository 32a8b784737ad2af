using System.Diagnostics;
using SQLitePCL;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// A backup's way of letting those go first who book meanwhile: it works in short pieces and rests between them, which also the
/// processor's other half and its memory notice, where a low priority would not help. With nobody booking it does not rest.
/// </summary>
/// <param name="folder">The practice's; whether anybody books is read off its log, so it does not matter which process they ask.</param>
internal sealed class Pace(DataFolder folder)
{
    // A quarter of one processor while people book: a backup of one second takes four then.
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(15);

    /// <summary>How long after the last write somebody is still taken to be booking.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(2);

    /// <summary>SQLite's operations between two looks at the clock, less than a tenth of a millisecond.</summary>
    private const int Operations = 1000;

    private readonly string log = folder.Database + "-wal";
    private long since = Stopwatch.GetTimestamp();

    /// <summary>How often it has rested.</summary>
    public int Rests { get; private set; }

    /// <summary>Called every so often by whoever works; rests when a piece is done and somebody books.</summary>
    public void Breathe()
    {
        if (Stopwatch.GetElapsedTime(since) < Piece) return;
        if (SomebodyBooks())
        {
            Thread.Sleep(Rest);
            Rests++;
        }
        since = Stopwatch.GetTimestamp();
    }

    /// <summary>Everything this connection does from now on is done at this pace. Only for one that nobody waits for.</summary>
    public void Set(Db db) => raw.sqlite3_progress_handler(db.Connection.Handle, Operations, _ =>
    {
        Breathe();
        return 0;
    }, null);

    /// <summary>A file that is read at this pace.</summary>
    public FileStream Open(string path) => new PacedFile(path, this);

    // An empty log was only opened, perhaps by the backup itself.
    private bool SomebodyBooks() => new FileInfo(log) is { Exists: true, Length: > 0 } written && DateTime.UtcNow - written.LastWriteTimeUtc < Recently;

    private sealed class PacedFile(string path, Pace pace) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)
    {
        // Every other way of reading leads here.
        public override int Read(byte[] buffer, int offset, int count)
        {
            pace.Breathe();
            return base.Read(buffer, offset, count);
        }
    }
}
