using System.Threading.Channels;

namespace VetBooking.Web.Messages;

/// <summary>Wakes the sender. Ring it after a change that put mail into the outbox; ringing twice is as good as once.</summary>
public sealed class MailSignal
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>There may be something to send.</summary>
    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Waits for the next ring, at most for a while.</summary>
    internal async Task Wait(TimeSpan most, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(most);
        try
        {
            await bell.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }
}
