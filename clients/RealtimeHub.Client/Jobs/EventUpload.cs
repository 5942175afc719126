using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Client.Jobs;

/// <summary>Uploads the events of one channel in order, each exactly once, over any number of broken connections.</summary>
/// <remarks>
/// Events are streamed as they come, in segments of at most 500 events or a second; the answer to a segment confirms it.
/// A segment whose answer did not come is sent again, and the server knows its events by their ids. Thread-safe.
/// </remarks>
public sealed class EventUpload : IAsyncDisposable
{
    /// <summary>How many events wait for the server unless told otherwise.</summary>
    public const int DefaultCapacity = 10_000;

    private const int SegmentEvents = 500;

    private static readonly TimeSpan SegmentTime = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly List<PublishEvent> _segment = [];
    private readonly Func<string, IAsyncEnumerable<PublishEvent>, CancellationToken, Task<PublishBatchResult>> _publish;
    private readonly Channel<PublishEvent> _incoming;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly Task _running;
    private int _attempt;
    private int _disposed;

    internal EventUpload(
        string channel,
        Func<string, IAsyncEnumerable<PublishEvent>, CancellationToken, Task<PublishBatchResult>> publish,
        RealtimeClientOptions options,
        int capacity)
    {
        Channel = channel;
        _publish = publish;
        _time = options.TimeProvider;
        _backoff = new Backoff(options);
        _incoming = System.Threading.Channels.Channel.CreateBounded<PublishEvent>(capacity);
        _running = Task.Run(RunAsync);
    }

    /// <summary>The channel.</summary>
    public string Channel { get; }

    /// <summary>Completes when everything is confirmed after <see cref="CompleteAsync"/>; fails when the server refuses an event for good.</summary>
    public Task Completion => _running;

    /// <summary>How many events are not confirmed yet.</summary>
    public int Unconfirmed
    {
        get
        {
            lock (_gate)
            {
                return _incoming.Reader.Count + _segment.Count;
            }
        }
    }

    /// <summary>Takes an event, unless the upload is full or has ended.</summary>
    public bool TryWrite(PublishEvent published) => _incoming.Writer.TryWrite(WithId(published));

    /// <summary>Takes an event, once there is room for it.</summary>
    /// <exception cref="ChannelClosedException">The upload has ended; the cause is inside.</exception>
    public ValueTask WriteAsync(PublishEvent published, CancellationToken cancellationToken = default) =>
        _incoming.Writer.WriteAsync(WithId(published), cancellationToken);

    /// <summary>Takes no more events and waits until the server has confirmed all.</summary>
    /// <exception cref="ProtocolErrorException">The server refused an event for good; it and those after it are not published.</exception>
    /// <exception cref="RealtimeConnectionException">The connection has ended for good.</exception>
    public Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        _incoming.Writer.TryComplete();
        return _running.WaitAsync(cancellationToken);
    }

    /// <summary>Gives up on what is not confirmed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _lifetime.CancelAsync().ConfigureAwait(false);
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lifetime.Dispose();
    }

    private static PublishEvent WithId(PublishEvent published) =>
        published.EventId is null ? published with { EventId = Guid.NewGuid().ToString("N") } : published;

    private async Task RunAsync()
    {
        try
        {
            while (_segment.Count > 0 || await _incoming.Reader.WaitToReadAsync(_lifetime.Token).ConfigureAwait(false))
            {
                if (await PublishSegmentAsync().ConfigureAwait(false) is { } delay)
                {
                    await Task.Delay(delay, _time, _lifetime.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            _incoming.Writer.TryComplete(e);
            throw;
        }
    }

    // Null when the segment is confirmed, else how long to wait before it is sent again.
    private async Task<TimeSpan?> PublishSegmentAsync()
    {
        using var segmentTime = new CancellationTokenSource(SegmentTime, _time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(segmentTime.Token, _lifetime.Token);
        try
        {
            var result = await _publish(Channel, SegmentAsync(NextAttempt(), until.Token), _lifetime.Token).ConfigureAwait(false);
            if (result.Error is { } error)
            {
                Confirm(Math.Min(result.Count, _segment.Count));
                return error switch
                {
                    { Retryable: false } => throw new ProtocolErrorException(error),
                    { RetryAfterMs: { } ms } => TimeSpan.FromMilliseconds(ms),
                    _ => _backoff.Next(),
                };
            }

            Confirm(_segment.Count);
            _backoff.Reset();
            return null;
        }
        catch (RealtimeConnectionException e) when (!e.IsFinal)
        {
            return _backoff.Next();
        }
    }

    private async IAsyncEnumerable<PublishEvent> SegmentAsync(int attempt, [EnumeratorCancellation] CancellationToken until)
    {
        for (var index = 0; index < SegmentEvents; index++)
        {
            PublishEvent? next;
            while ((next = Take(attempt, index)) is null)
            {
                if (!await IsMoreAsync(attempt, until).ConfigureAwait(false))
                {
                    yield break;
                }
            }

            yield return next;
        }
    }

    private int NextAttempt()
    {
        lock (_gate)
        {
            return ++_attempt;
        }
    }

    // An enumerator of an earlier attempt may still be alive when its connection has broken; it gets nothing.
    private PublishEvent? Take(int attempt, int index)
    {
        lock (_gate)
        {
            if (attempt != _attempt)
            {
                return null;
            }

            if (index == _segment.Count && _incoming.Reader.TryRead(out var published))
            {
                _segment.Add(published);
            }

            return index < _segment.Count ? _segment[index] : null;
        }
    }

    private async ValueTask<bool> IsMoreAsync(int attempt, CancellationToken until)
    {
        try
        {
            return await _incoming.Reader.WaitToReadAsync(until).ConfigureAwait(false) && Volatile.Read(ref _attempt) == attempt;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Confirm(int count)
    {
        lock (_gate)
        {
            _attempt++;
            _segment.RemoveRange(0, count);
        }
    }
}
