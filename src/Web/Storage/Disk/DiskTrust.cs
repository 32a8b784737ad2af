using Microsoft.Data.Sqlite;

namespace VetBooking.Web.Storage;

/// <summary>
/// Whether the disk is still believed. A system whose flush failed may forget what it could not save and call the next flush a
/// success (Rebello et al., USENIX ATC 2020): whoever tries again in place loses what was acknowledged. So the first flush
/// that fails is the last one; the practice ends, and its next start looks the database over before anything answers.
/// </summary>
public sealed class DiskTrust
{
    // sqlite.org/rescode.html: SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC.
    private const int FailedFsync = 10 | (4 << 8), FailedFolderFsync = 10 | (5 << 8);

    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a flush has failed.</summary>
    public bool IsLost => lost.Task.IsCompleted;

    /// <summary>Ends when a flush fails, and never otherwise.</summary>
    public Task Lost => lost.Task;

    /// <summary>Looks at what went wrong; a flush that failed ends the trust.</summary>
    public void Judge(Exception failed)
    {
        if (IsFailedFlush(failed)) lost.TrySetResult();
    }

    /// <summary>Whether something could not be made durable, so that nobody knows what is on the disk.</summary>
    public static bool IsFailedFlush(Exception failed) =>
        failed is UnflushedException || (failed is SqliteException { SqliteExtendedErrorCode: FailedFsync or FailedFolderFsync })
        || (failed.InnerException is { } inner && IsFailedFlush(inner));

    /// <summary>Whether a disk is in the way: it is full, may only be read, or fails.</summary>
    public static bool IsInTheWay(Exception failed) =>
        failed is IOException or UnauthorizedAccessException or SqliteException { SqliteErrorCode: 8 or 10 or 13 or 14 }
        || (failed.InnerException is { } inner && IsInTheWay(inner));
}

/// <summary>A file beside the database was written, but could not be made durable.</summary>
public sealed class UnflushedException(string path, Exception? inner) : IOException($"{path} cannot be saved for good.", inner);
