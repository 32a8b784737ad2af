using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Clients.Csv;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Busy;

/// <summary>
/// Reads the subscribed calendars every half hour while the practice is awake, and throws away on the way what was only kept
/// for a while.
/// </summary>
internal sealed class BusyRefresh(Writer writer, Readers readers, FetchRules rules, IDataProtectionProvider protection, ILogger<BusyRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30);
    private static readonly Duration MostAhead = Duration.FromDays(366);

    private readonly SemaphoreSlim one = new(1);

    /// <summary>Reads one calendar now.</summary>
    public async Task Fetch(long id, CancellationToken stop)
    {
        if (readers.Read(db => db.Row("SELECT address FROM busy_calendar WHERE id = $id", row => row.GetFieldValue<byte[]>(0), ("$id", id))) is not { } sealedAddress) return;
        await one.WaitAsync(stop);
        try
        {
            var (busy, problem) = await Read(sealedAddress, stop);
            await writer.Write(change =>
            {
                BusyCalendar.Settle(change, id, busy, problem);
                return true;
            });
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first visitor's page comes first.
        await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (readers.Read(db => db.Number("SELECT EXISTS (SELECT 1 FROM import_run WHERE state = 'staged') OR EXISTS (SELECT 1 FROM merge)")) > 0) await writer.Write(Sweep);
                foreach (var calendar in readers.Read(BusyCalendar.All)) await Fetch(calendar.Id, stoppingToken);
            }
            catch (Exception broken) when (broken is StorageException or SqliteException)
            {
                log.LogError(Fault.SubscribedCalendars, "Subscribed calendars could not be read: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
            }
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static int Sweep(Change change) => ImportRun.Sweep(change) + Comparing.Merges.Sweep(change);

    private async Task<(IReadOnlyList<Interval>? Busy, BusyProblem? Problem)> Read(byte[] sealedAddress, CancellationToken stop)
    {
        Uri address;
        try
        {
            address = new Uri(Encoding.UTF8.GetString(BusyCalendar.Seal(protection).Unprotect(sealedAddress)));
        }
        catch (Exception lost) when (lost is CryptographicException or UriFormatException)
        {
            return (null, BusyProblem.NotAllowed);
        }
        var (text, problem) = await new CalendarFetch(rules).Get(address, stop);
        if (text is null) return (null, problem);
        var book = writer.Current;
        var start = book.Practice.Zone.AtStartOfDay(book.Diary.Days.Start).ToInstant();
        var reader = new IcsReader(book.Practice.Zone, new Interval(start, start + MostAhead));
        var (busy, wrong) = reader.Read(text);
        return (busy, wrong ?? (reader.NotUnderstood > 0 ? BusyProblem.Partly : null));
    }
}
