using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>A backup that was made or tried, as the practice remembers it.</summary>
/// <param name="Kind"><c>backup</c>, <c>rehearsal</c> or <c>pages</c>.</param>
/// <param name="At">When.</param>
/// <param name="File">The backup's name, without where it lies.</param>
/// <param name="Bytes">How large it is; 0 if there is none.</param>
/// <param name="Problem">What went wrong, in a word of the program's; null if nothing did.</param>
public sealed record BackupRun(string Kind, Instant At, string File, long Bytes, string? Problem)
{
    /// <summary>The last of its kind; null if there was none.</summary>
    public static BackupRun? Last(Db db, string kind) => db.Row(
        "SELECT kind, at, file, bytes, problem FROM backup_run WHERE kind = $kind ORDER BY id DESC LIMIT 1",
        row => new BackupRun(row.GetString(0), Instant.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2), row.GetInt64(3), row.Text(4)),
        ("$kind", kind));

    /// <summary>Remembers it.</summary>
    public void Note(Db db) => db.Execute(
        "INSERT INTO backup_run (kind, at, file, bytes, problem) VALUES ($kind, $at, $file, $bytes, $problem)",
        ("$kind", Kind), ("$at", At.ToUnixTimeSeconds()), ("$file", System.IO.Path.GetFileName(File)), ("$bytes", Bytes), ("$problem", Problem));
}

/// <summary>When backups are made by themselves, and how long they are kept.</summary>
/// <param name="Hour">The hour, by the practice's clock.</param>
/// <param name="Days">For so many days they are kept.</param>
/// <param name="Most">And never more than so many.</param>
public sealed record BackupPlan(int Hour, int Days, int Most)
{
    public static BackupPlan Load(Db db) => db.Row("SELECT hour, days, most FROM backup_plan", row => new BackupPlan(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)))!;

    public void Save(Db db) => db.Execute("UPDATE backup_plan SET hour = $hour, days = $days, most = $most", ("$hour", Hour), ("$days", Days), ("$most", Most));
}
