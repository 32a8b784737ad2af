using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Webhooks;

/// <summary>
/// Tells receivers what has happened to appointments. It works beside the bookings, never inside one: a dead or slow receiver
/// delays its own messages and nothing else. Logs name a row and a result, never an address.
/// </summary>
internal sealed class WebhookSender : BackgroundService
{
    private static readonly Duration LongestSleep = Duration.FromMinutes(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly Bell signal = new();
    private readonly Dictionary<long, Task> running = [];
    private readonly WebhookEnds ends;
    private readonly Writer writer;

    public WebhookSender(Writer writer, WebhookEnds ends)
    {
        (this.writer, this.ends) = (writer, ends);
        // Whichever change it was: looking whether something is due costs less than forgetting one.
        writer.Committed += _ => signal.Ring();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (webhook, task) in running)
                {
                    if (!task.IsCompleted) continue;
                    running.Remove(webhook);
                    await task;
                }
                var (now, busy) = (ends.Clock.GetCurrentInstant(), running.Keys.ToHashSet());
                if (ends.Readers.Read(db => WebhookQueue.NextDue(db, busy)) is not { } due) await signal.Wait(LongestSleep.ToTimeSpan(), stoppingToken);
                else if (due > now) await signal.Wait(Duration.Max(Duration.FromMilliseconds(200), Duration.Min(due - now, LongestSleep)).ToTimeSpan(), stoppingToken);
                else await SendDue(busy, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever happened to one round, messages must go on; what was taken is due again when its lease ends.
            catch (Exception trouble)
#pragma warning restore CA1031
            {
                ends.Log.LogError(Fault.Webhooks, "Sending webhooks was interrupted: {Trouble}. It goes on in a moment.", trouble.GetType().Name);
                await Task.Delay(AfterTrouble, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        await Task.WhenAll(running.Values);
    }

    /// <summary>Takes what is due and begins to send it: to each receiver by itself, its messages in order.</summary>
    private async Task SendDue(HashSet<long> busy, CancellationToken stop)
    {
        var due = await writer.Write(change => WebhookQueue.Claim(change, busy));
        foreach (var group in due.GroupBy(one => one.Webhook)) running[group.Key] = SendTo([.. group], stop).ContinueWith(sent =>
        {
            signal.Ring();
            return sent;
        }, TaskScheduler.Default).Unwrap();
    }

    private async Task SendTo(ImmutableArray<DueMessage> messages, CancellationToken stop)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            var message = messages[i];
            PostOutcome outcome;
            try
            {
                stop.ThrowIfCancellationRequested();
                outcome = await Send(message, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await Release(messages.AsMemory()[i..]);
                return;
            }
            await writer.Write(change =>
            {
                WebhookQueue.Settle(change, message, outcome);
                return true;
            });
            ends.Log.LogInformation("Webhook {Webhook}, message {Id}, attempt {Attempt}: {Result} {Status}", message.Webhook, message.Id, message.Attempt, outcome.Result, outcome.Status);
            if (!outcome.ConcernsAll) continue;
            await Release(messages.AsMemory()[(i + 1)..]);
            return;
        }
    }

    private async Task<PostOutcome> Send(DueMessage message, CancellationToken stop)
    {
        try
        {
            var seal = Webhook.Seal(ends.Protection);
            var target = new PostTarget(new Uri(Encoding.UTF8.GetString(seal.Unprotect(message.Address))), SignedPost.KeyOf(Encoding.UTF8.GetString(seal.Unprotect(message.Secret))));
            return await ends.Post.Send(target, new SignedMessage(message.Message, ends.Clock.GetCurrentInstant(), message.Body), stop);
        }
        catch (Exception lost) when (lost is CryptographicException or FormatException)
        {
            // The keys are not those of this database, as after a restore without them.
            return new PostOutcome(PostResult.Unreadable);
        }
    }

    private Task Release(ReadOnlyMemory<DueMessage> untried) => untried.IsEmpty ? Task.CompletedTask : writer.Write(change =>
    {
        WebhookQueue.Release(change, untried.ToArray());
        return true;
    });
}

/// <summary>What the sender needs from outside.</summary>
internal sealed record WebhookEnds(Readers Readers, SignedPost Post, IDataProtectionProvider Protection, IClock Clock, ILogger<WebhookSender> Log);
