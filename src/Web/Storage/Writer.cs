using System.Threading.Channels;
using NodaTime;
using VetBooking.Scheduling;

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

    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly DataFolder folder;
    private readonly IClock clock;
    private readonly Task loop;
    private readonly Lock opening = new();
    private Book? book;
    private long dataVersion = -1;
    private long commits;

    public Writer(DataFolder folder, IClock clock)
    {
        this.folder = folder;
        this.clock = clock;
        // The first change is none. It reads the diary, so that it is there when the first visitor comes.
        queue.Writer.TryWrite(new Waiting(_ => { }));
        loop = Task.Run(RunAsync);
    }

    /// <summary>Counts the commits. Whoever reads the database afterwards sees at least what it held then.</summary>
    public long Commits => Interlocked.Read(ref commits);

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
    /// <exception cref="StorageException">The commit failed; nothing was kept.</exception>
    public async Task<T> Write<T>(Func<Change, T> change)
    {
        T answer = default!;
        var waiting = new Waiting(inside => answer = change(inside));
        if (!queue.Writer.TryWrite(waiting)) throw new StorageException("The practice is being stopped.", null);
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
            try
            {
                db ??= Db.Open(folder.Database);
                Commit(db, batch);
            }
#pragma warning disable CA1031 // Whatever went wrong, those who wait must be told, and the next batch starts on a fresh connection.
            catch (Exception broken)
#pragma warning restore CA1031
            {
                db?.Dispose();
                db = null;
                dataVersion = -1;
                Volatile.Write(ref book, null);
                foreach (var waiting in batch) waiting.Done.TrySetException(new StorageException("The change could not be saved.", broken));
            }
        }
        db?.Dispose();
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
            catch (Exception refused) when (SQLitePCL.raw.sqlite3_get_autocommit(db.Connection.Handle) == 0)
#pragma warning restore CA1031
            {
                db.Execute("ROLLBACK TO change");
                db.Execute("RELEASE change");
                waiting.Failure = refused;
            }
        }
        db.Execute("COMMIT");
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

/// <summary>One change in the making: the open transaction, the diary as it now stands, and the moment.</summary>
public sealed class Change(Db db, Book book, Instant now)
{
    /// <summary>The writer's connection, inside its transaction.</summary>
    public Db Db { get; } = db;

    /// <summary>The practice and its diary, with everything earlier changes in this transaction did.</summary>
    public Book Book { get; private set; } = book;

    /// <summary>The moment this change began.</summary>
    public Instant Now { get; } = now;

    /// <summary>What changes on which dates; whoever looks at one of them is told after the commit.</summary>
    internal Touched Touched { get; } = new();

    /// <summary>Notes that an appointment at this moment looks different from now on.</summary>
    public void Touch(Instant at) => Touched.Dates.Add(Diary.DateOf(at));

    /// <summary>Reads the practice anew, after its facts have changed.</summary>
    public void Reload()
    {
        Book = Book.Load(Db, Now);
        Touched.IsAll = true;
    }

    /// <summary>Does something only to see what would come of it: nothing of it is kept, in the database or here.</summary>
    public T Try<T>(Func<Change, T> what)
    {
        var before = Book;
        Db.Execute("SAVEPOINT tried");
        try
        {
            return what(this);
        }
        finally
        {
            Db.Execute("ROLLBACK TO tried");
            Db.Execute("RELEASE tried");
            Book = before;
        }
    }

    /// <summary>The diary to decide on; assigning it takes effect with the commit.</summary>
    public Diary Diary
    {
        get => Book.Diary;
        set => Book = Book with { Diary = value };
    }
}

/// <summary>The dates of which something has changed.</summary>
public sealed class Touched
{
    /// <summary>Whether it may be any date: the practice itself has changed.</summary>
    public bool IsAll { get; internal set; }

    internal HashSet<LocalDate> Dates { get; } = [];

    internal void Add(Touched other)
    {
        IsAll |= other.IsAll;
        Dates.UnionWith(other.Dates);
    }
}

/// <summary>The database could not save; the reason is inside, and nothing was kept.</summary>
public sealed class StorageException(string message, Exception? inner) : Exception(message, inner);
