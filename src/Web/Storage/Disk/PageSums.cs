using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace VetBooking.Web.Storage;

/// <summary>
/// A sum of every page of the database file, beside it: what a disk changes by itself differs from its sum. The file changes
/// only when the log goes into it, so that is when sums are made anew, of the pages in the log and no others. A file whose time
/// of change is not the one remembered was written by somebody else (a verb, a restore): then all sums are made anew.
/// </summary>
/// <remarks>For the one who writes only, or for somebody who has the database locked against writing.</remarks>
public sealed class PageSums(DataFolder folder)
{
    private const int Head = 32, Size = 16;
    private const ulong Magic = 0x3153_4547_4150_4256;
    private const int ForgetCached = 4;

    // Never closed while the program runs: closing any handle to the file drops SQLite's locks on it (sqlite.org/howtocorrupt.html, 2.2).
    private static readonly ConcurrentDictionary<string, SafeFileHandle> Handles = new(StringComparer.Ordinal);

    private readonly SortedSet<int> found = [];

    /// <summary>Pages that were seen to differ just before the log went over them, counted from 1.</summary>
    public IReadOnlyCollection<int> Found => found;

    /// <summary>How many bytes a page has.</summary>
    public int PageSize { get; private set; }

    /// <summary>Writes the log into the database, and the sums of what that changes beside it.</summary>
    /// <param name="db">A connection without a transaction. Nobody commits meanwhile.</param>
    public void Settle(Db db)
    {
        db.Execute("BEGIN IMMEDIATE");
        try
        {
            PageSize = (int)db.Number("PRAGMA page_size");
            var (sums, pages) = (Load(), InLog());
            // A page that changed by itself and is written next would never be seen again.
            if (sums is not null) found.UnionWith(pages.Where(page => page <= Count(sums) && !IsAsWritten(sums, page)));
            // Another connection: this one is inside a transaction, so that no commit can come between.
            using (var other = Db.Open(folder.Database)) other.Number("PRAGMA wal_checkpoint(PASSIVE)");
            Save(sums, pages);
        }
        finally
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(db.Connection.Handle) == 0) db.Execute("ROLLBACK");
        }
    }

    /// <summary>How many pages can be compared; none if somebody else has written since, or nobody has yet.</summary>
    public int Comparable() => Load() is { } sums ? Count(sums) : 0;

    /// <summary>Makes all sums anew, when there is nothing to compare with.</summary>
    public void Begin() => Save(null, []);

    /// <summary>Those of some pages that are not as they were written, counted from 1; read from the disk, not from memory.</summary>
    public List<int> Differing(int from, int count)
    {
        if (Load() is not { } sums) return [];
        _ = posix_fadvise(Handle, (long)(from - 1) * PageSize, (long)count * PageSize, ForgetCached);
        return [.. Enumerable.Range(from, Math.Clamp(Count(sums) - from + 1, 0, count)).Where(page => !IsAsWritten(sums, page))];
    }

    private SafeFileHandle Handle => Handles.GetOrAdd(folder.Database, path => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    private long ChangedAt => File.GetLastWriteTimeUtc(folder.Database).Ticks;

    private static int Count(byte[] sums) => (sums.Length - Head) / Size;

    /// <summary>The sums, if they are those of the file as it lies there.</summary>
    private byte[]? Load()
    {
        if (!File.Exists(folder.PageSums)) return null;
        var sums = File.ReadAllBytes(folder.PageSums);
        if (sums.Length < Head || BinaryPrimitives.ReadUInt64LittleEndian(sums) != Magic || BinaryPrimitives.ReadInt64LittleEndian(sums.AsSpan(8)) != ChangedAt) return null;
        // The sums' own: a disk that spoils them spoils no page.
        if (!Own(sums).SequenceEqual(sums.AsSpan(24, 8))) return null;
        PageSize = (int)BinaryPrimitives.ReadInt64LittleEndian(sums.AsSpan(16));
        return sums;
    }

    private void Save(byte[]? known, IReadOnlyCollection<int> changed)
    {
        if (PageSize == 0) PageSize = SizeOfPages();
        var pages = (int)(RandomAccess.GetLength(Handle) / PageSize);
        var sums = new byte[Head + (pages * Size)];
        known?.AsSpan(0, Math.Min(known.Length, sums.Length)).CopyTo(sums);
        for (var page = 1; page <= pages; page++)
            if (known is null || page > Count(known) || changed.Contains(page)) Sum(page, Of(sums, page));
        BinaryPrimitives.WriteUInt64LittleEndian(sums, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(sums.AsSpan(8), ChangedAt);
        BinaryPrimitives.WriteInt64LittleEndian(sums.AsSpan(16), PageSize);
        Own(sums).CopyTo(sums.AsSpan(24));
        Files.Replace(folder.PageSums, sums);
    }

    private bool IsAsWritten(byte[] sums, int page)
    {
        Span<byte> sum = stackalloc byte[Size];
        Sum(page, sum);
        return Of(sums, page).SequenceEqual(sum);
    }

    /// <summary>The sum of a page as it lies there. Thousands are made in one go, so none of them leaves anything to collect.</summary>
    private void Sum(int page, Span<byte> sum)
    {
        var content = ArrayPool<byte>.Shared.Rent(PageSize);
        var (done, more) = (0, 1);
        for (; done < PageSize && more > 0; done += more) more = RandomAccess.Read(Handle, content.AsSpan(done, PageSize - done), ((long)(page - 1) * PageSize) + done);
        content.AsSpan(done, PageSize - done).Clear();
        Sum(content.AsSpan(0, PageSize), sum);
        ArrayPool<byte>.Shared.Return(content);
    }

    // sqlite.org/fileformat.html, 1.3.2
    private int SizeOfPages()
    {
        Span<byte> size = stackalloc byte[2];
        RandomAccess.Read(Handle, size, 16);
        return BinaryPrimitives.ReadUInt16BigEndian(size) is 1 ? 65_536 : BinaryPrimitives.ReadUInt16BigEndian(size);
    }

    /// <summary>The numbers of all pages in the log; older ones it still holds among them (sqlite.org/fileformat.html, 4.1).</summary>
    private HashSet<int> InLog()
    {
        var pages = new HashSet<int>();
        var log = folder.Database + "-wal";
        if (!File.Exists(log)) return pages;
        // SQLite has no locks on the log itself.
        using var handle = File.OpenHandle(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> number = stackalloc byte[4];
        for (long at = 32; RandomAccess.Read(handle, number, at) == 4; at += 24 + PageSize) pages.Add((int)BinaryPrimitives.ReadUInt32BigEndian(number));
        return pages;
    }

    /// <summary>Where the sum of a page stands.</summary>
    private static Span<byte> Of(byte[] sums, int page) => sums.AsSpan(Head + ((page - 1) * Size), Size);

    /// <summary>The sum of all sums.</summary>
    private static ReadOnlySpan<byte> Own(byte[] sums) => SHA256.HashData(sums.AsSpan(Head)).AsSpan(0, 8);

    private static void Sum(ReadOnlySpan<byte> content, Span<byte> sum)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, whole);
        whole[..Size].CopyTo(sum);
    }

#pragma warning disable IDE1006, SYSLIB1054 // The name is the system's.
    [DllImport("libc")]
    private static extern int posix_fadvise(SafeFileHandle file, long offset, long length, int advice);
#pragma warning restore IDE1006, SYSLIB1054
}
