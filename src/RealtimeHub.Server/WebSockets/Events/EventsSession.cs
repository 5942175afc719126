using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Events;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>One connection of the events dialect: numbers, batches and forms of what goes out.</summary>
internal sealed partial class EventsSession : DialectSession
{
    // A character takes four bytes at most.
    private const int MaxBytesPerChar = 4;

    private readonly EventsRoute _route;
    private readonly EventsDialectOptions _options;
    private readonly ChannelName _channel;
    private readonly ChannelDirectory _directory;
    private readonly EventMessageWriter _writer;
    private readonly string[] _batchChannels;
    private readonly SentRing _sent = new();
    private readonly EventBatch _batch = new();
    private ITimer? _batchTimer;
    private bool _isBatchDue;
    private long _startOffset;
    private long _lastMessage;

    public EventsSession(
        EventsRoute route, ChannelName channel, MessageForm form, EventsDialectOptions options, ChannelDirectory directory, DialectServices services, LiveConnection live)
        : base(services, live)
    {
        _route = route;
        _channel = channel;
        _options = options;
        _directory = directory;
        _writer = new EventMessageWriter(form, options);
        _batchChannels = options.Batching ? options.BatchChannels ?? ["detections", "alerts"] : [];
        _lastMessage = Clock.GetTimestamp();
    }

    public override int MaxMessageBytes => _options.MaxMessageChars * MaxBytesPerChar;

    protected override TimeSpan BeatInterval => _options.PingInterval;

    public override async Task BeginAsync()
    {
        if (await Services.AuthorizeAsync(Live, _channel, Connection.ConnectionAborted) is { } refusal)
        {
            Services.Book(Live, "connect", refusal, _channel.Value);
            Connection.Close(CloseReasons.SessionClosed, refusal.Message);
            return;
        }

        var result = await Services.Subscriptions.SubscribeAsync(Connection, Plan(Patterns(_route.Patterns), isImplicit: _route is { CanFilter: true, Patterns: null }));
        Services.BookSubscribe(Live, result.Error);
        if (result.Error is { } error)
        {
            Connection.Close(CloseReasons.SessionClosed, error.Message);
        }
    }

    public override void Tick()
    {
        base.Tick();
        if (Clock.GetElapsedTime(Volatile.Read(ref _lastMessage)) >= _options.IdleTimeout)
        {
            Connection.Close(CloseReasons.Idle, "Idle timeout");
        }
    }

    public override void End() => _batchTimer?.Dispose();

    public override void Write(Frame frame, PlainOutput output)
    {
        var rendering = frame.Render(_route.Render, _route.Render);
        if (rendering.Channel is { } channel && Array.IndexOf(_batchChannels, channel) >= 0)
        {
            if (_batch.Count > 0 && _batch.Channel != channel)
            {
                SendBatch(output);
            }

            Hold(rendering, frame.Offset, output);
            return;
        }

        // What was held back goes first, so that everything stays in order.
        SendBatch(output);
        _writer.Write(output, rendering, _sent.Add(frame.Offset, frame.Offset), isReplay: false);
    }

    public override void Write(object notice, PlainOutput output)
    {
        switch (notice)
        {
            case Subscribed started:
                Started(started, output);
                break;
            case Gap gap:
                SendBatch(output);
                _sent.AddLost(gap.From, gap.To);
                _writer.Write(output, EventMessages.Degraded(gap, _sent.Last, Clock.GetUtcNow()));
                break;
            case Unsubscribed { Error: { } error }:
                Connection.Close(CloseReasons.SessionClosed, error.Message);
                break;
            case Unsubscribed:
                Connection.Close(DialectCloseReasons.Done, "The job has ended", isPatient: true);
                break;
            case ErrorNotice { Error: { } error }:
                _writer.Write(output, EventMessages.Error("token_expiring", error.Message, null));
                break;
            default:
                break;
        }
    }

    public override void Beat(PlainOutput output) => _writer.Write(output, EventMessages.Ping(_sent.Last));

    public override void Flush(PlainOutput output)
    {
        if (Volatile.Read(ref _isBatchDue))
        {
            SendBatch(output);
        }
    }

    public override (int Status, string Text) Close(CloseReason reason, string message, PlainOutput output)
    {
        SendBatch(output);
        return base.Close(reason, message, output);
    }

    private static List<EventPattern>? Patterns(string[]? texts) =>
        texts is null ? null : EventSubscriptions.Patterns(texts, "receive", []);

    // A new history counts anew; the numbers of what was sent go on.
    private void Started(Subscribed started, PlainOutput output)
    {
        if (started.Reason is RecoveryReasons.EpochChanged or RecoveryReasons.PolicyChanged)
        {
            SendBatch(output);
            _sent.Forget();
        }

        if (_startOffset == 0)
        {
            Volatile.Write(ref _startOffset, Math.Max(0, started.Sequence));
        }
    }

    private void Hold(EventRendering rendering, long offset, PlainOutput output)
    {
        _batch.Add(rendering, offset);
        if (_batch.Count >= _options.BatchMaxMessages)
        {
            SendBatch(output);
        }
        else if (_batch.Count == 1)
        {
            _batchTimer ??= Clock.CreateTimer(static state => ((EventsSession)state!).BatchIsDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _batchTimer.Change(_options.BatchInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void BatchIsDue()
    {
        Volatile.Write(ref _isBatchDue, true);
        Connection.Look();
    }

    private void SendBatch(PlainOutput output)
    {
        Volatile.Write(ref _isBatchDue, false);
        if (_batch.Count > 0)
        {
            var number = _sent.Add(_batch.Last, _batch.First);
            _writer.Write(output, _batch.ToJson(number, Clock.GetUtcNow(), isReplay: false));
            _batch.Clear();
        }
    }

    private SubscribePlan Plan(IReadOnlyList<EventPattern>? patterns, bool isImplicit) => new()
    {
        Id = _channel.Value,
        Channel = _channel,
        Patterns = patterns,
        IsImplicit = isImplicit,
        Consumer = _consumer,
        Start = _route.ReadsFromStart ? StartPoint.Oldest : StartPoint.Live,
    };
}
