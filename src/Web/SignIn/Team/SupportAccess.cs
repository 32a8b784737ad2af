using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Team;

/// <summary>How somebody of the operator's comes in while a grant of the practice lasts, and that it ends. Granting is the administrators' alone.</summary>
internal static class SupportAccess
{
    /// <summary>The accounts that look now, of one address or of all.</summary>
    public static IReadOnlyList<(long Account, Instant Ends)> Granted(Db db, Instant now, string? emailKey) => db.Rows(
        "SELECT id, ends_at FROM account WHERE role = 'support' AND active AND ends_at > $now AND ($key IS NULL OR email_key = $key) ORDER BY id",
        row => (row.GetInt64(0), Instant.FromUnixTimeSeconds(row.GetInt64(1))), ("$now", now.ToUnixTimeSeconds()), ("$key", emailKey));

    /// <summary>Closes what has ended, so that the log says it, too; answers how many. Nobody was let in with it since.</summary>
    public static int CloseEnded(Change change)
    {
        var ended = change.Db.Rows("SELECT id FROM account WHERE role = 'support' AND active AND ends_at <= $now", row => row.GetInt64(0), ("$now", change.Now.ToUnixTimeSeconds()));
        foreach (var account in ended) TeamAccounts.SetOpen(change, Actor.Practice, account, open: false);
        return ended.Count;
    }

    /// <summary>When the next grant ends, or one has ended that is not closed yet.</summary>
    public static Instant? NextEnd(Db db) =>
        db.Row("SELECT min(ends_at) FROM account WHERE role = 'support' AND active", row => row.Number(0)) is { } end ? Instant.FromUnixTimeSeconds(end) : null;
}

/// <summary>Writes into the log that a grant has ended.</summary>
internal sealed class SupportEnd(Writer writer, Readers readers, IClock clock, ILogger<SupportEnd> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Keep(Look, stoppingToken);

    private async Task Look()
    {
        try
        {
            if (readers.Read(SupportAccess.NextEnd) is { } end && end <= clock.GetCurrentInstant()) await writer.Write(change => SupportAccess.CloseEnded(change));
        }
        catch (Exception broken) when (broken is StorageException or SqliteException)
        {
            log.LogError(Fault.SupportAccess, "The end of the operator's access could not be noted: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
        }
    }
}
