using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Redis.Channels;

/// <summary>A channel whose log is kept as the store has it: what is announced is appended, and any hole is read from the stream.</summary>
/// <remarks>Thread-safe. The log is changed under the gate alone; one read is under way at a time.</remarks>
internal sealed class FollowedChannel(Channel channel, RedisLink link, ChannelKeys keys, RedisMetrics metrics, ILogger logger)
{
    private const int PageFrames = 500;
    private const int MaxHeardMeanwhile = 10_000;

    private readonly Lock _gate = new();
    private Task? _reading;
    private readonly List<Announcement> _heardMeanwhile = [];
    private bool _isReadDue;
    private bool _hasBegun;
    private bool _isLoaded;
    private bool _isFenced;
    private string _newestEventId = "";

    public Channel Channel { get; } = channel;

    public RedisLink Link { get; } = link;

    public ChannelKeys Keys { get; } = keys;

    /// <summary>Whether it once stood where the store did.</summary>
    public bool IsLoaded => Volatile.Read(ref _isLoaded);

    /// <summary>Hears an announcement.</summary>
    public void Hear(byte[] message)
    {
        var heard = Announcement.Parse(message);
        lock (_gate)
        {
            if (TryHear(heard))
            {
                return;
            }

            _isReadDue = true;
            if (_reading is not null)
            {
                // What is read now may end right before it.
                if (_heardMeanwhile.Count < MaxHeardMeanwhile)
                {
                    _heardMeanwhile.Add(heard);
                }

                return;
            }

            if (!_hasBegun || _isFenced)
            {
                return;
            }
        }

        _ = CatchUpAsync("hole", CancellationToken.None);
    }

    /// <summary>Reads the stream until the log stands where the store does. Callers at the same time share one read.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The store is away.</exception>
    public Task CatchUpAsync(string reason, CancellationToken cancellationToken)
    {
        TaskCompletionSource begin;
        Task reading;
        lock (_gate)
        {
            _isReadDue = true;
            if (_reading is not null)
            {
                return _reading.WaitAsync(cancellationToken);
            }

            metrics.CaughtUp(reason);
            begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            reading = ReadAsync(begin.Task);
            _reading = reading;
        }

        begin.SetResult();

        // Where nobody waits, the failure was logged, and the next look reads on.
        _ = reading.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return reading.WaitAsync(cancellationToken);
    }

    /// <summary>Forgets what was kept at once, and takes nothing up until <see cref="EndFence"/>.</summary>
    /// <returns>The epoch that the log is in from here on.</returns>
    public string Fence(string reason)
    {
        lock (_gate)
        {
            if (!_isFenced)
            {
                _isFenced = true;
                _newestEventId = "";
                Channel.Renew(reason);
            }

            return Channel.Log.Epoch;
        }
    }

    /// <summary>Ends a fence; what the store has now may be shown.</summary>
    public void EndFence()
    {
        lock (_gate)
        {
            _isFenced = false;
        }

        _ = CatchUpAsync("fence", CancellationToken.None);
    }

    private async Task ReadAsync(Task begin)
    {
        await begin;
        try
        {
            while (true)
            {
                (string Epoch, long Newest, string EventId) from;
                lock (_gate)
                {
                    if (!_isReadDue || _isFenced)
                    {
                        _reading = null;
                        _heardMeanwhile.Clear();
                        return;
                    }

                    _isReadDue = false;
                    from = _hasBegun ? (Channel.Log.Epoch, Channel.Log.Newest, _newestEventId) : ("", 0, "");
                }

                var epoch = ChannelLog.NewEpoch();
                var page = ChannelPage.Parse(await Link.EvaluateAsync(
                    RedisScript.Read, Keys.Log, _ => [epoch, from.Epoch, from.Newest, from.EventId, PageFrames], CancellationToken.None));
                lock (_gate)
                {
                    if (!_isFenced)
                    {
                        Take(page, epoch);
                    }
                }
            }
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _reading = null;
                _heardMeanwhile.Clear();
            }

            RedisLog.CatchUpFailed(logger, Channel.Name, exception.Message);
            throw;
        }
    }

    // Called with the gate held, as all that follows. False where it has to be read.
    private bool TryHear(Announcement heard)
    {
        if (!_hasBegun || _isFenced || heard.Epoch != Channel.Log.Epoch)
        {
            return false;
        }

        if (heard.Offset > Channel.Log.Newest)
        {
            if (!TryTake(heard.Offset, heard.At, heard.Envelope.Span))
            {
                return false;
            }

            if (heard.IsLast)
            {
                Channel.Complete();
            }
            else
            {
                Channel.ScheduleFanOut();
            }
        }

        return true;
    }

    private void Take(ChannelPage page, string offered)
    {
        var log = Channel.Log;
        foreach (var (epoch, reason) in page.Earlier)
        {
            log.RememberEarlier(epoch, reason);
        }

        var before = page.Frames.Count > 0 ? page.Frames[0].Offset - 1 : page.Newest;
        if (!_hasBegun || page.Epoch != log.Epoch)
        {
            if (_hasBegun && page.Epoch == offered)
            {
                RedisLog.HistoryLost(logger, Channel.Name, page.Epoch);
            }

            var reason = page.Earlier.FirstOrDefault(e => e.Epoch == log.Epoch).Reason;
            Channel.Adopt(new StreamPosition(page.Epoch, before), reason ?? RecoveryReasons.EpochChanged);
            _newestEventId = "";
        }
        else if (before > log.Newest)
        {
            // The store no longer keeps what comes next: to readers that is a gap, not another history.
            log.Adopt(new StreamPosition(page.Epoch, before), RecoveryReasons.Expired);
        }

        foreach (var (offset, at, bytes) in page.Frames)
        {
            if (offset > log.Newest && !TryTake(offset, at, bytes))
            {
                // A hole in the stream itself, where somebody has deleted from it.
                log.Adopt(new StreamPosition(page.Epoch, offset - 1), RecoveryReasons.Expired);
                TryTake(offset, at, bytes);
            }
        }

        _hasBegun = true;
        if (page.Frames.Count == PageFrames)
        {
            _isReadDue = true;
        }
        else
        {
            Volatile.Write(ref _isLoaded, true);
            _isReadDue = !_heardMeanwhile.TrueForAll(TryHear);
            _heardMeanwhile.Clear();
        }

        if (page.Ended >= 0 && page.Ended == log.Newest && log.EndOffset == long.MaxValue)
        {
            Channel.Complete();
        }
        else
        {
            Channel.ScheduleFanOut();
        }
    }

    private bool TryTake(long offset, DateTimeOffset at, ReadOnlySpan<byte> bytes)
    {
        if (offset != Channel.Log.Newest + 1)
        {
            return false;
        }

        if (!StoredEnvelope.TryDecode(bytes, at, offset, out var envelope, out var problem)
            || (Channel.Family.IsGoverned && envelope.Governance is null))
        {
            RedisLog.EnvelopeUnreadable(logger, problem, Channel.Name, offset);
            envelope = StoredEnvelope.Empty(at, offset);
        }

        if (!Channel.TryReplicate(new PlacedEnvelope(offset, at, envelope)))
        {
            return false;
        }

        _newestEventId = envelope.EventId;
        return true;
    }
}
