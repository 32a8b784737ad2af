namespace VetBooking.Web.Storage;

/// <summary>
/// What is done before anything answers if the last run did not end in order, which its log tells: an orderly end leaves none.
/// </summary>
internal static class StartCheck
{
    /// <summary>Whether the last run was killed, lost its power, or ended because the disk could not save. Before the database is opened.</summary>
    public static bool IsDue(DataFolder folder) => new FileInfo(folder.Database + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>
    /// Writes everything the log holds into the database, anew and for good: what the system still remembers of the log may not
    /// be on the disk. Then looks the database over; answers what is wrong, or null.
    /// </summary>
    public static string? Run(Db db, PageSums sums)
    {
        sums.Settle(db);
        db.Number("PRAGMA wal_checkpoint(TRUNCATE)");
        return db.Rows("PRAGMA quick_check(1)", row => row.GetString(0)) is ["ok"] ? null : "The database was damaged when the last run ended. Restore the last verified backup; nothing was changed.";
    }
}
