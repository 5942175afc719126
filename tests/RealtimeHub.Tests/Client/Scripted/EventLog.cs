using System.Threading.Channels;

namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>Things that happened, to be awaited in their order. Thread-safe.</summary>
public sealed class EventLog<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public void Add(T item) => _items.Writer.TryWrite(item);

    /// <summary>The next one.</summary>
    public Task<T> NextAsync() => NextAsync(_ => true);

    /// <summary>The next one that fits; others before it are skipped.</summary>
    public async Task<T> NextAsync(Func<T, bool> fits)
    {
        try
        {
            while (true)
            {
                var item = await _items.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limits.Wait);
                if (fits(item))
                {
                    return item;
                }
            }
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited in vain for the next {typeof(T).Name}.");
        }
    }
}
