namespace VetBooking.Web.Storage;

/// <summary>Whether there is room on the disk for what people do; a change of one row may fit where no booking does.</summary>
internal static class DiskRoom
{
    private const int Piece = 1 << 16, Pieces = 8;

    private static readonly Lock Trying = new();

    /// <summary>Writes more than any booking does, and removes it again.</summary>
    public static bool Suffices(DataFolder folder)
    {
        lock (Trying)
        {
            try
            {
                using var file = Files.Create(folder.Room);
                try
                {
                    var piece = new byte[Piece];
                    for (var i = 0; i < Pieces; i++) file.Write(piece);
                    return true;
                }
                finally
                {
                    File.Delete(folder.Room);
                }
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
