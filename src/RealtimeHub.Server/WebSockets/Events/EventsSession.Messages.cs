using System.Text;
using System.Text.Json;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Events;

namespace RealtimeHub.Server.WebSockets.Events;

// What the client says.
internal sealed partial class EventsSession
{
    private const string Acknowledges = "ws";
    private const int MaxTypeLength = 50;
    private const int MaxReplayPerTurn = 32;

    private static readonly Dictionary<string, Func<EventsSession, JsonElement, Task<ProtocolError?>>> Handlers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ping"] = static (session, _) => session.PongAsync(),
        ["pong"] = static (_, _) => Task.FromResult<ProtocolError?>(null),
        ["subscribe"] = static (session, message) => session.SubscribeAsync(message),
        ["unsubscribe"] = static (session, message) => session.UnsubscribeAsync(message),
        ["resync"] = static (session, message) => session.ResyncAsync(message),
        ["ack"] = static (session, message) => session.AckAsync(message),
        ["token_refresh"] = static (session, message) => session.RefreshAsync(message),
    };

    private string? _consumer;

    public override async Task HandleAsync(PlainMessage message)
    {
        Volatile.Write(ref _lastMessage, Clock.GetTimestamp());
        var text = message.Bytes;
        if (text.Span.SequenceEqual("ping"u8))
        {
            await PongAsync();
            return;
        }

        if (text.Length > _options.MaxMessageChars && Characters(text.Span) is var characters && characters > _options.MaxMessageChars)
        {
            await RefuseSizeAsync(characters);
            return;
        }

        using var document = Parse(text);
        if (document is null)
        {
            await RefuseAsync("invalid", ErrorCodes.InvalidRequest, EventMessages.InvalidJson(text.Span));
        }
        else if (EventMessages.FormatErrors(document.RootElement, MaxTypeLength) is { Count: > 0 } errors)
        {
            await RefuseAsync("invalid", ErrorCodes.InvalidRequest, EventMessages.InvalidFormat(errors));
        }
        else
        {
            await DispatchAsync(document.RootElement, document.RootElement.GetProperty("type").GetString()!);
        }
    }

    public override Task RefuseAsync(ProtocolError error)
    {
        Volatile.Write(ref _lastMessage, Clock.GetTimestamp());
        return AnswerAsync(EventMessages.Error("rate_limit_exceeded", error.Message, details => details.WriteNumber("retry_after_ms", error.RetryAfterMs ?? 0)));
    }

    public override Task RefuseSizeAsync(long bytes)
    {
        Volatile.Write(ref _lastMessage, Clock.GetTimestamp());
        return AnswerAsync(EventMessages.TooLarge(bytes, _options.MaxMessageChars));
    }

    private static int Characters(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetCharCount(utf8);

    private Task AnswerAsync(byte[] json) => Connection.WriteAsync(output => _writer.Write(output, json));

    private async Task RefuseAsync(string message, ErrorCode code, byte[] json)
    {
        Services.Fault(Live, "bad_frame");
        Services.Book(Live, message, code.With(code.Meaning));
        await AnswerAsync(json);
    }

    private async Task DispatchAsync(JsonElement message, string type)
    {
        if (!Handlers.TryGetValue(type, out var handler) || (!_route.CanFilter && type.EndsWith("subscribe", StringComparison.OrdinalIgnoreCase)))
        {
            await RefuseAsync("unknown", ErrorCodes.InvalidRequest, EventMessages.UnknownType(type, _route.CanFilter));
            return;
        }

        var error = await handler(this, message);
        Services.Book(Live, type.ToLowerInvariant(), error, _channel.Value);
        if (error is not null)
        {
            Services.Fault(Live, "refused_call");
            await AnswerAsync(EventMessages.Validation(error));
        }
    }

    private async Task<ProtocolError?> PongAsync()
    {
        await AnswerAsync(EventMessages.Pong);
        return null;
    }

    private async Task<ProtocolError?> SubscribeAsync(JsonElement message)
    {
        var errors = new List<FieldError>();
        var patterns = EventSubscriptions.Patterns(EventMessages.Patterns(message), "subscribe to", errors);
        if (errors.Count > 0)
        {
            return ErrorCodes.InvalidRequest.With(errors[0].Message, errors);
        }

        if (await Services.AuthorizeAsync(Live, _channel, Connection.ConnectionAborted) is { } refusal)
        {
            return refusal;
        }

        // Told before it takes effect, so that no frame comes ahead of the answer.
        await AnswerAsync(EventMessages.Action("subscribed", patterns.Select(p => p.Text)));
        var result = await Services.Subscriptions.SubscribeAsync(Connection, Plan(patterns, isImplicit: false));
        Services.BookSubscribe(Live, result.Error);
        return result.Error;
    }

    private async Task<ProtocolError?> UnsubscribeAsync(JsonElement message)
    {
        var texts = EventMessages.Patterns(message);
        var errors = new List<FieldError>();
        IReadOnlyList<EventPattern>? patterns = texts is null ? null : EventSubscriptions.Patterns(texts, "unsubscribe from", errors);
        if (errors.Count > 0)
        {
            return ErrorCodes.InvalidRequest.With(errors[0].Message, errors);
        }

        var removed = patterns is null && _route.Patterns is { } own
            ? await FallBackAsync(own)
            : (await EventSubscriptions.UnsubscribeAsync(Services.Subscriptions, Connection, patterns)).Events;
        await AnswerAsync(EventMessages.Action("unsubscribed", removed ?? []));
        return null;
    }

    // What the route begins with comes before the rest goes, so that nothing is missed in between.
    private async Task<IReadOnlyList<string>?> FallBackAsync(string[] own)
    {
        var result = await Services.Subscriptions.SubscribeAsync(Connection, Plan(Patterns(own), isImplicit: false));
        Services.BookSubscribe(Live, result.Error);
        var rest = (Services.Subscriptions.Patterns(Connection, _channel) ?? []).Except(own)
            .Select(t => EventPattern.TryParse(t, out var pattern) ? pattern : null).OfType<EventPattern>();
        return Services.Subscriptions.RemovePatterns(Connection, _channel, [.. rest]);
    }

    private async Task<ProtocolError?> RefreshAsync(JsonElement message)
    {
        var token = DialectJson.Text(message, "token") ?? (message.TryGetProperty("data", out var data) ? DialectJson.Text(data, "token") : null);
        var result = await Live.Credentials.RefreshAsync(Live, new Protocol.Requests.RefreshCredentialRequest { AccessToken = token }, Connection.ConnectionAborted);
        if (result.Error is null)
        {
            await AnswerAsync(EventMessages.Refreshed(result.ExpiresAt));
        }

        return result.Error;
    }

    private async Task<ProtocolError?> AckAsync(JsonElement message)
    {
        if (await AckedOffsetAsync(message) is not { } offset)
        {
            return ErrorCodes.InvalidRequest.With("ack names the sequence of a frame, at least 1, or the seq that it came with.", new FieldError("sequence", "Name a sequence that was received.", null, "1.."));
        }

        _consumer ??= Acknowledges;
        var result = Services.Subscriptions.AcknowledgeUpTo(Connection, _channel, _consumer, Volatile.Read(ref _startOffset), offset);
        return result.Error ?? (result.Unknown.Count > 0
            ? ErrorCodes.InvalidRequest.With($"No frame has the sequence {offset}.", new FieldError("sequence", "There is no such sequence.", $"{offset}", "1.."))
            : null);
    }

    private async Task<long?> AckedOffsetAsync(JsonElement message)
    {
        if (EventMessages.Whole(message, "sequence") is { } sequence)
        {
            return sequence;
        }

        long? offset = null;
        if (EventMessages.Whole(message, "seq") is { } number)
        {
            await Connection.WriteAsync(_ => offset = number >= _sent.Oldest && number <= _sent.Last && number > 0 ? _sent[number].Offset : null);
        }

        return offset;
    }

    private async Task<ProtocolError?> ResyncAsync(JsonElement message)
    {
        var last = EventMessages.Whole(message, "last_sequence", 0);
        var channel = EventMessages.TextOf(message, "channel", "unknown");
        if (last is null or < 0 || channel is null)
        {
            return ErrorCodes.InvalidRequest.With("last_sequence is a whole number, at least 0, and channel a text.", new FieldError("last_sequence", "It must be a whole number, at least 0.", null, "0.."));
        }

        // Who may not read any more is replayed nothing either.
        if (await Services.AuthorizeAsync(Live, _channel, Connection.ConnectionAborted) is { } refusal)
        {
            return refusal;
        }

        var (replayed, oldest) = await ReplayAsync(last.Value);
        await AnswerAsync(EventMessages.Resynced(channel, last.Value, replayed, oldest));
        return null;
    }

    // In turns of so many, so that what is live goes on and nothing is held for a client that does not read. Returns the oldest number there is, if some were not.
    private async Task<(int Replayed, long? Oldest)> ReplayAsync(long last)
    {
        var next = last + 1;
        var (end, replayed) = (0L, 0);
        long? oldest = null;
        do
        {
            await Connection.WriteAsync(output =>
            {
                if (end == 0)
                {
                    SendBatch(output);
                    end = _sent.Last;
                }

                for (var turn = 0; turn < MaxReplayPerTurn && next <= end; turn++, next++)
                {
                    var isKept = next >= _sent.Oldest && TryReplay(next, output);
                    replayed += isKept ? 1 : 0;
                    if (!isKept && next < _sent.Oldest)
                    {
                        next = _sent.Oldest - 1;
                        oldest = _sent.Oldest;
                    }
                    else if (!isKept)
                    {
                        oldest = next + 1;
                    }
                }
            });
        }
        while (next <= end);
        return (replayed, oldest);
    }

    private bool TryReplay(long number, PlainOutput output)
    {
        var entry = _sent[number];
        if (!_directory.TryGet(_channel, out var channel))
        {
            return false;
        }

        if (!entry.IsBatch)
        {
            if (channel.TryRead(entry.Offset) is not { } frame)
            {
                return false;
            }

            _writer.Write(output, frame.Render(_route.Render, _route.Render), number, isReplay: true);
            return true;
        }

        var batch = new EventBatch();
        var filter = Services.Subscriptions.FilterOf(Connection, _channel);
        for (var offset = entry.First; offset <= entry.Offset; offset++)
        {
            if (channel.TryRead(offset) is { } frame && (filter?.Matches(frame) ?? true))
            {
                batch.Add(frame.Render(_route.Render, _route.Render), offset);
            }
        }

        if (batch.Count > 0)
        {
            _writer.Write(output, batch.ToJson(number, Clock.GetUtcNow(), isReplay: true));
        }

        return batch.Count > 0;
    }
}
