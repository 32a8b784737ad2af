using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Storage;

namespace VetBooking.Web.WaitingList;

/// <summary>
/// Looks after the waiting list: right after every commit that touched a day, when an offer runs out, and through all of it
/// when the practice wakes. While nobody waits it only asks whether somebody does.
/// </summary>
internal sealed class ListWatch : BackgroundService
{
    /// <summary>So often it looks through all: days come within reach and reserves open without a commit.</summary>
    private static readonly Duration Longest = Duration.FromMinutes(10);

    private readonly Writer writer;
    private readonly Readers readers;
    private readonly IClock clock;
    private readonly MailSignal mail;
    private readonly ILogger<ListWatch> log;
    private readonly SemaphoreSlim bell = new(0, 1);
    private readonly Lock guard = new();
    private HashSet<LocalDate> dates = [];
    private bool all = true;

    public ListWatch(Writer writer, Readers readers, IClock clock, MailSignal mail, ILogger<ListWatch> log)
    {
        (this.writer, this.readers, this.clock, this.mail, this.log) = (writer, readers, clock, mail, log);
        writer.Committed += Note;
    }

    public override void Dispose()
    {
        writer.Committed -= Note;
        bell.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var changed = Take();
                if (readers.Read(Offering.HasWork) && await writer.Write(change => Offering.Look(change, changed))) mail.Ring();
                var wait = readers.Read(KeptTimes.NextEnd) - clock.GetCurrentInstant() ?? Longest;
                wait = Duration.Max(Duration.FromMilliseconds(50), Duration.Min(wait, Longest));
                if (!await bell.WaitAsync(wait.ToTimeSpan(), stoppingToken)) lock (guard) all = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is StorageException or SqliteException)
            {
                log.LogError(Fault.WaitingList, "The waiting list could not be looked after: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
                lock (guard) all = true;
                await Task.Delay(Longest.ToTimeSpan() / 10, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    // Runs on the writer's own thread.
    private void Note(Touched touched)
    {
        lock (guard)
        {
            if (!touched.IsAll && touched.Dates.Count == 0) return;
            all |= touched.IsAll;
            dates.UnionWith(touched.Dates);
            if (bell.CurrentCount == 0) bell.Release();
        }
    }

    /// <summary>The dates that were touched since the last time; all, if null.</summary>
    private HashSet<LocalDate>? Take()
    {
        lock (guard)
        {
            var taken = all ? null : dates;
            (dates, all) = ([], false);
            return taken;
        }
    }
}
