using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>
/// Gives expired times back also when nobody books. Every booking does so first, too; this is for those who only look.
/// </summary>
internal sealed class HoldSweeper(Writer writer, Readers readers, IClock clock, MailSignal mail, ILogger<HoldSweeper> log) : BackgroundService
{
    private static readonly Duration Longest = Duration.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var wait = readers.Read(Holds.NextEnd) - clock.GetCurrentInstant() ?? Longest;
                if (wait <= Duration.Zero)
                {
                    if (await writer.Write(Holds.Release) > 0) mail.Ring();
                    continue;
                }
                // A hold made meanwhile may end sooner than the one waited for; none is shorter than this.
                await Task.Delay(Duration.Min(wait, Longest).ToTimeSpan() + TimeSpan.FromMilliseconds(50), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is StorageException or SqliteException)
            {
                log.LogError(Fault.Holds, "Expired holds could not be released: {Kind}.", (broken.InnerException ?? broken).GetType().Name);
                await Task.Delay(Longest.ToTimeSpan(), stoppingToken);
            }
        }
    }
}
