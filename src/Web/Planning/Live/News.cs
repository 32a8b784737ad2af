using System.Collections.Concurrent;
using System.Threading.Channels;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>Tells every open board on which dates something has changed, right after the commit.</summary>
public sealed class News : IDisposable
{
    /// <summary>What is said when anything may have changed.</summary>
    public const string Everything = "alles";

    private const int MostWaiting = 32;

    private readonly ConcurrentDictionary<Channel<string>, bool> listeners = [];
    private readonly Writer writer;

    public News(Writer writer)
    {
        this.writer = writer;
        writer.Committed += Spread;
    }

    /// <summary>Listens until it is disposed of; an empty word means that something was saved that no board shows.</summary>
    public Listener Listen()
    {
        // A word lost here would be a change not seen: whoever cannot keep up is told to look at everything.
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
        listeners[channel] = true;
        return new Listener(channel.Reader, () => listeners.TryRemove(channel, out _), MostWaiting);
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Committed -= Spread;

    private void Spread(Touched touched)
    {
        var word = touched.IsAll ? Everything : string.Join(' ', touched.Dates.Order().Select(BoardPageModel.Iso));
        foreach (var listener in listeners.Keys) listener.Writer.TryWrite(word);
    }
}

/// <summary>One open board's ear.</summary>
public sealed class Listener(ChannelReader<string> words, Action leave, int most) : IDisposable
{
    /// <summary>The next word; null if none came for a while.</summary>
    public async Task<string?> Next(TimeSpan patience, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            // Full to the brim: what came after it is not in there.
            var missed = words.Count >= most;
            var word = await words.ReadAsync(limit.Token);
            return missed ? News.Everything : word;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => leave();
}
