using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;
using Channel = RealtimeHub.Engine.Channels.Channel;

namespace RealtimeHub.Engine.Streaming;

/// <summary>The pulling reader of a channel: a cursor that moves when the consumer of an <c>IAsyncEnumerable</c> asks.</summary>
/// <remarks>One consumer at a time. The cursor is detached when the enumeration ends, however it ends.</remarks>
public sealed class ChannelStreamReader : ICursorReader
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(1);

    // Holds at most one token: "look again".
    private readonly Channel<bool> _wakes = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly SubscribePlan _plan;
    private readonly Subscribed _start;
    private Channel _channel;
    private Cursor _cursor;
    private ProtocolError? _closed;

    internal ChannelStreamReader(string connectionId, Channel channel, SubscribePlan plan, ChannelDirectory? directory = null)
    {
        ConnectionId = connectionId;
        _channel = channel;
        _plan = plan;
        var resolution = channel.Log.Resolve(plan.Start, channel.Family.StartsWithNewest);
        var terms = new CursorTerms
        {
            Id = plan.Id,
            Policy = plan.Policy ?? channel.Family.DefaultPolicy,
            Limits = plan.Limits,
            Interval = plan.Interval,
            Filter = plan.Patterns is null && plan.Tags is null ? null : new FrameFilter(plan.Patterns, plan.Tags),
            Ladder = plan.Coarser.Count == 0 || directory is null ? null : new ChannelLadder(directory, [plan.Channel, .. plan.Coarser]),
        };
        _cursor = new Cursor(channel, this, terms, resolution.Served);
        _start = new Subscribed
        {
            Id = plan.Id,
            Channel = channel.Name,
            Epoch = resolution.Epoch,
            Sequence = resolution.Served,
            Recovered = resolution.Recovered,
            Reason = resolution.Reason,
            Clamped = resolution.Clamped ? true : null,
            Policy = terms.Policy.ToWireName(),
        };
    }

    /// <inheritdoc />
    public string ConnectionId { get; }

    internal Cursor Cursor => _cursor;

    /// <summary>Reads until the channel ends or the reader stops: <c>subscribed</c> first, last <c>end</c> or <c>error</c>.</summary>
    public async IAsyncEnumerable<StreamItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _channel.Attach(_cursor);
        GoOnIfRenewed();
        try
        {
            yield return new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = _start };
            while (true)
            {
                if (Volatile.Read(ref _closed) is { } error)
                {
                    yield return new StreamItem { Kind = StreamItemKinds.Error, Error = error };
                    yield break;
                }

                var delivery = _cursor.MoveNext();
                if (delivery.Kind is DeliveryKind.Coarsened or DeliveryKind.Refined && !TryChangeRung(delivery.Kind))
                {
                    continue;
                }

                if (ToItem(delivery) is { } item)
                {
                    yield return item;
                    if (delivery.Kind is DeliveryKind.Ended or DeliveryKind.Disconnect)
                    {
                        yield break;
                    }
                }
                else if (delivery.Kind is DeliveryKind.None)
                {
                    _cursor.Unqueue();
                    if (!_cursor.HasWork && await IsQuietAsync(cancellationToken) && _cursor.TakeNotice() is { } late)
                    {
                        yield return ToItem(late)!;
                    }
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _channel.Detach(_cursor);
        }
    }

    void ICursorReader.Wake(Cursor cursor, bool isBurst)
    {
        if (cursor.TryQueue())
        {
            _wakes.Writer.TryWrite(true);
        }
    }

    void ICursorReader.Close(CloseReason reason, string message)
    {
        Volatile.Write(ref _closed, new ProtocolError { Code = reason.Code, Message = message, Retryable = reason.Reconnect });
        _wakes.Writer.TryWrite(true);
    }

    // The channel may have begun anew between the look for a place to start and here.
    private void GoOnIfRenewed()
    {
        if (_channel.Log.Epoch != _start.Epoch)
        {
            _channel.GoOnLive(_cursor, _channel.Log.WhyChanged(_start.Epoch));
        }
    }

    private bool TryChangeRung(DeliveryKind kind)
    {
        var rung = _cursor.Terms.Rung + (kind is DeliveryKind.Coarsened ? 1 : -1);
        if (_cursor.Terms.Ladder!.At(rung) is not { } channel)
        {
            _cursor.StayHere();
            return false;
        }

        var position = channel.Log.Position;
        var moved = new Cursor(channel, this, _cursor.TermsOn(rung), position.Offset);
        moved.StartWith(RungStart.At(channel, position, _cursor.Terms));
        _channel.Detach(_cursor);
        (_channel, _cursor) = (channel, moved);
        channel.Attach(moved);
        return true;
    }

    // Waits for something to do; a stream has no heartbeat, so what was withheld is told after a quiet second.
    private async Task<bool> IsQuietAsync(CancellationToken cancellationToken)
    {
        var wake = _wakes.Reader.WaitToReadAsync(cancellationToken).AsTask();
        if (_cursor.HasUntold && !wake.IsCompleted)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(wake, Task.Delay(QuietTime, _channel.Clock, quiet.Token)) != wake)
            {
                return true;
            }

            await quiet.CancelAsync();
        }

        await wake;
        _wakes.Reader.TryRead(out _);
        return false;
    }

    private StreamItem? ToItem(Delivery delivery) => delivery.Kind switch
    {
        DeliveryKind.Subscribed => new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = (Subscribed)delivery.Notice! },
        DeliveryKind.Frame => delivery.Frame!.ToItem(_channel),
        DeliveryKind.Gap => new StreamItem { Kind = StreamItemKinds.Gap, Gap = (Gap)delivery.Notice! },
        DeliveryKind.Skipped => new StreamItem { Kind = StreamItemKinds.Skipped, Skipped = (Skipped)delivery.Notice! },
        DeliveryKind.Restored or DeliveryKind.Refined => new StreamItem { Kind = StreamItemKinds.Restored, Restored = (Restored)delivery.Notice! },
        DeliveryKind.Degraded or DeliveryKind.Coarsened => new StreamItem { Kind = StreamItemKinds.Degraded, Degraded = (Degraded)delivery.Notice! },
        DeliveryKind.Ended => ToEnd((Unsubscribed)delivery.Notice!),
        DeliveryKind.Disconnect => new StreamItem { Kind = StreamItemKinds.Error, Error = TooSlow() },
        _ => null,
    };

    private static StreamItem ToEnd(Unsubscribed end) => end.Error is { } error
        ? new StreamItem { Kind = StreamItemKinds.Error, Error = error }
        : new StreamItem { Kind = StreamItemKinds.End, End = new StreamPosition(end.Epoch, end.Sequence) };

    private ProtocolError TooSlow() => new()
    {
        Code = CloseReasons.SlowConsumer.Code,
        Message = $"More than {_plan.Limits.Frames} frames or {_plan.Limits.Bytes} bytes were waiting on {_channel.Name}.",
        Retryable = true,
    };
}
