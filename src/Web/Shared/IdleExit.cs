using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Machines.Webhooks;
using VetBooking.Web.Messages;
using VetBooking.Web.Storage;
using VetBooking.Web.WaitingList;

namespace VetBooking.Web.Shared;

/// <summary>
/// What an idle practice does: after half a minute without a request it gives its memory back, and after a time of the
/// operator's choice it stops. The next request finds it through systemd's socket. Open screens never let it be idle, so
/// what a burst of requests has left behind goes in between, too.
/// </summary>
internal sealed class IdleExit(TimeSpan after, Readers readers, WakeTime wake, IClock clock, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>After so many requests it is looked how far the heap has grown.</summary>
    private const int LookEvery = 128;

    /// <summary>So many bytes more than after the last collection are worth the next.</summary>
    private const long WorthIt = 4 << 20;

    private long lastRequest = Stopwatch.GetTimestamp();
    private long answered;
    private long left;
    private int running;

    /// <summary>Reads a time like 30s, 10m or 1h; zero for none; null if it is none of these.</summary>
    public static TimeSpan? Read(string? text) => text switch
    {
        null => TimeSpan.Zero,
        [.. var number, var unit] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => unit switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Notes that a request is being answered. Whoever only asks how the practice is does not keep it awake.</summary>
    public async Task Invoke(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        Interlocked.Increment(ref running);
        try
        {
            await next(http);
        }
        finally
        {
            Volatile.Write(ref lastRequest, Stopwatch.GetTimestamp());
            Interlocked.Decrement(ref running);
            if (Interlocked.Increment(ref answered) % LookEvery == 0 && GC.GetTotalMemory(false) - Volatile.Read(ref left) > WorthIt) GiveBack();
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        wake.Clear();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            wake.Leave();
        }
        catch (Exception broken) when (broken is StorageException or SqliteException or IOException or UnauthorizedAccessException)
        {
            // A disk that takes nothing more is told elsewhere; a practice that leaves no time is woken at once.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var collectedAt = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            var last = Volatile.Read(ref lastRequest);
            var idle = Stopwatch.GetElapsedTime(last);
            if (Volatile.Read(ref running) > 0) idle = TimeSpan.Zero;
            if (after > TimeSpan.Zero && idle >= after && !HasWork())
            {
                lifetime.StopApplication();
                return;
            }
            if (idle >= Quiet && collectedAt != last)
            {
                collectedAt = last;
                GiveBack();
            }
            var wait = Sooner(after - idle, collectedAt == last ? Quiet : Quiet - idle);
            try
            {
                await Task.Delay(wait, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void GiveBack()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref left, GC.GetTotalMemory(false));
    }

    /// <summary>The sooner of the two that still lies ahead; whatever was put off is looked at again after <see cref="Quiet"/>.</summary>
    private static TimeSpan Sooner(TimeSpan untilExit, TimeSpan untilCollected)
    {
        var wait = untilCollected > TimeSpan.Zero ? untilCollected : Quiet;
        return untilExit > TimeSpan.Zero && untilExit < wait ? untilExit : wait;
    }

    /// <summary>Whether mail waits, a time is kept for somebody or a receiver must be told something: nobody would see to it while the practice sleeps.</summary>
    private bool HasWork()
    {
        var soon = clock.GetCurrentInstant() + Duration.FromTimeSpan(after);
        // Nothing wakes a practice for a message that is tried again in some hours, so it stays.
        return readers.Read(db => Outbox.NextDue(db) < soon || Holds.NextEnd(db) < soon || KeptTimes.NextEnd(db) < soon || WebhookQueue.NextDue(db, new HashSet<long>()) is not null);
    }
}
