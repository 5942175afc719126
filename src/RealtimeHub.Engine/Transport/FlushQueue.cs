namespace RealtimeHub.Engine.Transport;

/// <summary>Outputs with bytes to flush, flushed one after the other on a thread of the pool: a burst of small frames is few system calls.</summary>
/// <remarks>Thread-safe, without locks or allocation: the list is threaded through the outputs, each on it at most once.</remarks>
internal sealed class FlushQueue : IThreadPoolWorkItem
{
    private SharedOutput? _head;
    private int _isScheduled;

    /// <summary>Adds an output that the caller has claimed, and sees to it that it is flushed soon.</summary>
    public void Add(SharedOutput output)
    {
        var head = Volatile.Read(ref _head);
        while (true)
        {
            output.NextToFlush = head;
            var seen = Interlocked.CompareExchange(ref _head, output, head);
            if (ReferenceEquals(seen, head))
            {
                break;
            }

            head = seen;
        }

        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _isScheduled, 0);
        for (var output = Interlocked.Exchange(ref _head, null); output is not null;)
        {
            var next = output.NextToFlush;
            output.NextToFlush = null;
            output.FlushQueued();
            output = next;
        }
    }
}
