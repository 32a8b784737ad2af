using System.Runtime.InteropServices;

namespace VetBooking.Web.Storage;

/// <summary>Files beside the database that must survive a power cut as it does.</summary>
internal static class Files
{
    /// <summary>Puts new content in a file's place, all of it or nothing; on disk when this returns. For the practice's own user only.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = path + ".new";
        using (var file = Create(unfinished))
        {
            file.Write(content);
            Flush(file);
        }
        Move(unfinished, path);
    }

    private static void Flush(FileStream file)
    {
        file.Flush();
        try
        {
            file.Flush(flushToDisk: true);
        }
        catch (IOException failed)
        {
            throw new UnflushedException(file.Name, failed);
        }
    }

    /// <summary>A new file, for the practice's own user only; one that was left over is replaced.</summary>
    public static FileStream Create(string path)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("A practice lives on Linux.");
        File.Delete(path);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    /// <summary>A folder for the practice's own user only; one that was there before, and open, is closed.</summary>
    public static void MakeFolder(string path)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("A practice lives on Linux.");
        Directory.CreateDirectory(path, ownerOnly);
        File.SetUnixFileMode(path, ownerOnly);
    }

    /// <summary>Gives a file or a folder another name, in the place of the file that has it; on disk when this returns.</summary>
    public static void Move(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
        SyncFolder(Path.GetDirectoryName(to)!);
        if (Path.GetDirectoryName(from) != Path.GetDirectoryName(to)) SyncFolder(Path.GetDirectoryName(from)!);
    }

    /// <summary>Makes sure that the names in a folder are on disk.</summary>
    public static void SyncFolder(string path)
    {
        var folder = open(path, 0);
        if (folder < 0) throw new IOException($"{path} cannot be opened.", Marshal.GetLastPInvokeError());
        try
        {
            if (fsync(folder) != 0) throw new UnflushedException(path, null);
        }
        finally
        {
            _ = close(folder);
        }
    }

    /// <summary>Removes a file that holds personal data: what it held is overwritten first.</summary>
    public static void Shred(string path)
    {
        if (!File.Exists(path)) return;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            var zeros = new byte[1 << 16];
            for (var left = file.Length; left > 0; left -= zeros.Length) file.Write(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
            file.Flush(flushToDisk: true);
        }
        File.Delete(path);
    }

    /// <summary>The same with all files of a folder, and the folder.</summary>
    public static void ShredFolder(string path)
    {
        if (!Directory.Exists(path)) return;
        foreach (var file in Directory.GetFiles(path, "*", SearchOption.AllDirectories)) Shred(file);
        Directory.Delete(path, recursive: true);
    }

#pragma warning disable IDE1006, SYSLIB1054, CA2101 // The names are the system's, and there is no marshalling worth generating.
    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
