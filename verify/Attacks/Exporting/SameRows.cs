using Microsoft.Data.Sqlite;

namespace VetBooking.Verify.Attacks.Exporting;

/// <summary>Compares two practices' databases row by row, but for what an export must not hold. It knows that by itself, not from the program.</summary>
internal static class SameRows
{
    private static readonly string[] LeftOut =
    [
        "session", "recovery_code", "last_act", "busy_calendar", "busy_time", "gateway", "webhook", "webhook_event", "webhook_delivery", "owner_change", "setup_link", "backup_run",
    ];

    private static readonly string[] Secret = ["password_hash", "totp_secret", "totp_step"];

    /// <summary>Where an import may write what was not exported: that it invites the first administrator, and says so.</summary>
    private static readonly string[] Grows = ["audit", "invitation"];

    /// <summary>Everything that is not the same; nothing, if all is well.</summary>
    public static List<string> Differences(string exported, string imported)
    {
        using var one = new Opened(exported);
        using var other = new Opened(imported);
        var found = new List<string>();
        foreach (var table in one.Tables().Union(other.Tables()).Except(LeftOut))
        {
            var (before, after) = (one.Rows(table), other.Rows(table));
            var lost = before.Except(after).ToList();
            if (table == "sqlite_sequence") lost.RemoveAll(IsGrown);
            if (lost.Count > 0) found.Add($"{table}: lost {lost[0]}");
            var more = after.Except(before).ToList();
            if (table == "sqlite_sequence") more.RemoveAll(IsGrown);
            if (more.Count > (Grows.Contains(table) ? 1 : 0)) found.Add($"{table}: came {more[0]}");
        }
        foreach (var table in LeftOut.Except(["owner_change", "backup_run", "setup_link"]))
            if (other.Rows(table).Count > 0) found.Add($"{table}: is not empty");
        if (other.Connection.Number("SELECT count(*) FROM account WHERE password_hash IS NOT NULL OR totp_secret IS NOT NULL") > 0) found.Add("account: a secret came along");
        return found;
    }

    private static bool IsGrown(string row) => Grows.Any(table => row.StartsWith($"'{table}'", StringComparison.Ordinal));

    private sealed record Opened(string Path) : IDisposable
    {
        public SqliteConnection Connection { get; } = Database.OpenToRead(Path);

        public List<string> Tables() => Connection.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'", row => row.GetString(0));

        public HashSet<string> Rows(string table)
        {
            var columns = Connection.Rows("SELECT name FROM pragma_table_info($1)", row => row.GetString(0), table).Where(column => !Secret.Contains(column)).Select(column => $"quote(\"{column}\")");
            return [.. Connection.Rows($"SELECT concat_ws(' ', {string.Join(", ", columns)}) FROM \"{table}\"", row => row.GetString(0))];
        }

        public void Dispose() => Connection.Dispose();
    }
}
