using System.Threading.Channels;
using NodaTime;
using SQLitePCL;

namespace VetBooking.Web.Storage;

/// <summary>
/// The one writer of a practice. Changes wait in a queue; what is waiting goes into one transaction, each change under a
/// savepoint of its own, and everybody is answered after the commit. So many bookings share one fsync, and nobody is told
/// "done" before it is on disk.
/// </summary>
/// <remarks>
/// The diary in memory is part of the same discipline: a change decides on the newest one, and what it makes of it is
/// published only after the commit. Do not wait for anything inside a change, and do not call the writer from inside one.
/// </remarks>
public sealed class Writer : IAsyncDisposable
{
    private const int MostInOneCommit = 256;

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(1);

    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly DataFolder folder;
    private readonly IClock clock;
    private readonly SettledLog log;
    private readonly Task loop;
    private readonly Lock opening = new();
    private Book? book;
    private long dataVersion = -1;
    private long commits;
    private bool ailing;
    private bool committing;

    // Sums are kept by the one who runs the practice; whoever only writes something in between has none.
    public Writer(DataFolder folder, IClock clock, PageSums? sums = null)
    {
        (this.folder, this.clock, log) = (folder, clock, new SettledLog(sums));
        // The first change is none. It reads the diary, so that it is there when the first visitor comes.
        queue.Writer.TryWrite(new Waiting(_ => { }));
        loop = Task.Run(RunAsync);
    }

    /// <summary>Counts the commits. Whoever reads the database afterwards sees at least what it held then.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Whether the disk is still believed.</summary>
    public DiskTrust Trust { get; } = new();

    /// <summary>Whether the last thing that should have gone to the disk did not: it is full, may only be read, or fails.</summary>
    public bool IsAiling => Volatile.Read(ref ailing) || Trust.IsLost;

    /// <summary>Right after a commit: the dates it touched. Runs on the writer's own thread, so it must be short and never throw.</summary>
    public event Action<Touched>? Committed;

    /// <summary>The practice and its diary as of the last commit.</summary>
    public Book Current
    {
        get
        {
            if (Volatile.Read(ref book) is { } current && current.Covers(clock.GetCurrentInstant())) return current;
            lock (opening)
            {
                if (book is { } loaded && loaded.Covers(clock.GetCurrentInstant())) return loaded;
                var stale = Volatile.Read(ref book);
                using var db = Db.Open(folder.Database, readOnly: true);
                var fresh = Book.Load(db, clock.GetCurrentInstant());
                // If the writer published meanwhile, its book is the newer one.
                return Interlocked.CompareExchange(ref book, fresh, stale) is { } newer && newer != stale ? newer : fresh;
            }
        }
    }

    /// <summary>
    /// Runs <paramref name="change"/> in the next transaction and answers once it is on disk. If it throws, nothing of it
    /// is kept and the exception comes back here.
    /// </summary>
    /// <exception cref="StorageException">The commit failed; it says whether nothing was kept or nobody knows.</exception>
    public async Task<T> Write<T>(Func<Change, T> change)
    {
        T answer = default!;
        var waiting = new Waiting(inside => answer = change(inside));
        if (!queue.Writer.TryWrite(waiting)) throw Ending();
        await waiting.Done.Task;
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        Db? db = null;
        var batch = new List<Waiting>();
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostInOneCommit && queue.Reader.TryRead(out var next)) batch.Add(next);
            if (Trust.IsLost)
            {
                foreach (var waiting in batch) waiting.Done.TrySetException(Ending());
                continue;
            }
            committing = false;
            try
            {
                db ??= Open();
                Commit(db, batch);
                log.Settle(db);
            }
#pragma warning disable CA1031 // Whatever went wrong, those who wait must be told, and the next batch starts on a fresh connection.
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Fall(broken);
                // A close would write the log into the database, with a flush that may be called a success.
                if (Trust.IsLost) db?.LeaveLog();
                db?.Dispose();
                db = null;
                dataVersion = -1;
                Volatile.Write(ref book, null);
                var answer = new StorageException("The change could not be saved.", broken) { IsUncertain = Trust.IsLost && (committing || broken is UnflushedException), IsFinal = Trust.IsLost };
                foreach (var waiting in batch) waiting.Done.TrySetException(answer);
            }
        }
        End(db);
    }

    /// <summary>An orderly end leaves no log: whoever finds one knows that there was none.</summary>
    private void End(Db? db)
    {
        using var last = db;
        try
        {
            if (db is not null) log.SettleAll(db);
        }
        catch (Exception failed) when (DiskTrust.IsInTheWay(failed))
        {
            Trust.Judge(failed);
            if (Trust.IsLost) db!.LeaveLog();
        }
    }

    private static StorageException Ending() => new("The practice is being stopped.", null) { IsFinal = true };

    private Db Open()
    {
        var db = Db.Open(folder.Database);
        // SQLite's own way tells nobody when the disk fails it.
        db.Execute("PRAGMA wal_autocheckpoint = 0");
        return db;
    }

    /// <summary>
    /// Notes that a disk is in the way, and looks every second whether it still is: nobody else may write for hours, and that
    /// something small still fits says nothing about a booking.
    /// </summary>
    private void Fall(Exception broken)
    {
        Trust.Judge(broken);
        if (!DiskTrust.IsInTheWay(broken) || Volatile.Read(ref ailing)) return;
        Volatile.Write(ref ailing, true);
        _ = Task.Run(async () =>
        {
            while (!Trust.IsLost && !queue.Reader.Completion.IsCompleted)
            {
                await Task.Delay(BetweenProbes);
                if (!DiskRoom.Suffices(folder)) continue;
                var probe = new Waiting(change => change.Db.Execute("UPDATE backup_plan SET hour = hour"));
                if (!queue.Writer.TryWrite(probe)) return;
                await ((Task)probe.Done.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!probe.Done.Task.IsCompletedSuccessfully) continue;
                Volatile.Write(ref ailing, false);
                return;
            }
        });
    }

    private void Commit(Db db, List<Waiting> batch)
    {
        db.Execute("BEGIN IMMEDIATE");
        var current = Reread(db);
        var touched = new Touched();
        foreach (var waiting in batch)
        {
            var change = new Change(db, current, clock.GetCurrentInstant());
            db.Execute("SAVEPOINT change");
            try
            {
                waiting.Run(change);
                db.Execute("RELEASE change");
                current = change.Book;
                touched.Add(change.Touched);
            }
#pragma warning disable CA1031 // One change's failure is its own; it is handed to whoever asked for it.
            catch (Exception refused) when (raw.sqlite3_get_autocommit(db.Connection.Handle) == 0 && !DiskTrust.IsFailedFlush(refused))
#pragma warning restore CA1031
            {
                db.Execute("ROLLBACK TO change");
                db.Execute("RELEASE change");
                waiting.Failure = refused;
                Fall(refused);
            }
        }
        committing = true;
        db.Execute("COMMIT");
        committing = false;
        Volatile.Write(ref book, current);
        Interlocked.Increment(ref commits);
        Committed?.Invoke(touched);
        foreach (var waiting in batch)
        {
            if (waiting.Failure is { } failure) waiting.Done.TrySetException(failure);
            else waiting.Done.TrySetResult();
        }
    }

    /// <summary>The diary to decide on: what is in memory, unless another process (a verb of the operator's) changed the database.</summary>
    private Book Reread(Db db)
    {
        var version = db.Number("PRAGMA data_version");
        var unchanged = version == dataVersion;
        dataVersion = version;
        if (unchanged && Volatile.Read(ref book) is { } known && known.Covers(clock.GetCurrentInstant())) return known;
        lock (opening)
        {
            // Whoever asks for the diary meanwhile, as the first visitor does, need not read it a second time.
            var fresh = Book.Load(db, clock.GetCurrentInstant());
            Volatile.Write(ref book, fresh);
            return fresh;
        }
    }

    private sealed class Waiting(Action<Change> run)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Exception? Failure { get; set; }
        public void Run(Change change) => run(change);
    }
}
