using System.Threading.Channels;

namespace VetBooking.Web.Messages;

/// <summary>Wakes one waiter. Ringing twice is as good as once.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring() => rings.Writer.TryWrite(true);

    /// <summary>Waits for the next ring, at most for a while.</summary>
    public async Task Wait(TimeSpan most, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(most);
        try
        {
            await rings.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }
}
