using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Storage;

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

/// <summary>The database could not save; the reason is inside.</summary>
public sealed class StorageException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Nothing was kept, unless this says that nobody knows: it was written, but the disk could not make it durable.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Whether trying again is of no use: the practice is ending.</summary>
    public bool IsFinal { get; init; }
}
