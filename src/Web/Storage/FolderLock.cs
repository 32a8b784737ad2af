namespace VetBooking.Web.Storage;

/// <summary>
/// Whoever works in a practice's folder shares it; who puts another state in its place wants it alone. The system lets go of it
/// when a program ends, however that happens.
/// </summary>
internal static class FolderLock
{
    /// <summary>With others who work in it. Null while somebody has it alone.</summary>
    public static IDisposable? Share(DataFolder folder) => Open(folder, FileAccess.Read, FileShare.Read);

    /// <summary>Nobody else. Null while somebody works in it.</summary>
    public static IDisposable? Alone(DataFolder folder) => Open(folder, FileAccess.ReadWrite, FileShare.None);

    private static FileStream? Open(DataFolder folder, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return null;
        }
    }
}
