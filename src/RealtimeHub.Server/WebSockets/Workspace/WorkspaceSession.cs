using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Workspace;

namespace RealtimeHub.Server.WebSockets.Workspace;

/// <summary>One connection of the workspace dialect: every message is an envelope, and a reader that falls behind is closed.</summary>
internal sealed class WorkspaceSession(WorkspaceDialectOptions options, WorkspacePresence presence, DialectServices services, LiveConnection live)
    : DialectSession(services, live)
{
    private static readonly Func<Frame, byte[]> Rendering = frame => Envelope(
        frame.Envelope!.Type, frame.Envelope.Channel, frame.Envelope.Timestamp, frame.Envelope.EventId, writer => writer.WriteRawValue(frame.Envelope.Payload.Utf8.Span, skipInputValidation: true));

    // What a client reads as error codes, where the wire has another word.
    private static readonly Dictionary<string, (string Code, string Message)> Refusals = new()
    {
        [ErrorCodes.MaxSubscriptionsReached.Code] = ("MAX_SUBSCRIPTIONS_REACHED", "Connection has reached max subscriptions"),
        [ErrorCodes.ChannelForbidden.Code] = ("CHANNEL_FORBIDDEN", "Channel access denied"),
        [ErrorCodes.ChannelUnavailable.Code] = ("CHANNEL_UNAVAILABLE", "Channel authorization is unavailable"),
        [ErrorCodes.ChannelLimit.Code] = ("CHANNEL_UNAVAILABLE", "Channel is unavailable"),
    };

    public override int MaxMessageBytes => options.MaxMessageBytes;

    protected override TimeSpan BeatInterval => options.HeartbeatInterval;

    public override async Task HandleAsync(PlainMessage message)
    {
        using var document = Parse(message.Bytes);
        if (document is null)
        {
            Services.Fault(Live, "bad_frame");
            await ErrorAsync("INVALID_MESSAGE", "Message must be valid JSON");
            return;
        }

        var type = DialectJson.Text(document.RootElement, "type");
        var channel = DialectJson.Text(document.RootElement, "channel");
        switch (type)
        {
            case "ping":
                await SendAsync(Reply("pong", null, writer => writer.WriteBoolean("ok", true)));
                break;
            case "subscribe" when channel is { Length: > 0 }:
                await SubscribeAsync(channel);
                break;
            case "unsubscribe" when channel is { Length: > 0 }:
                await UnsubscribeAsync(channel);
                break;
            default:
                Services.Fault(Live, "unknown_call");
                await ErrorAsync("INVALID_COMMAND", "A command is subscribe or unsubscribe with a channel, or ping");
                break;
        }
    }

    public override Task RefuseAsync(ProtocolError error) => ErrorAsync("RATE_LIMIT", error.Message);

    public override void Tick()
    {
        base.Tick();
        if (Connection.Silence > options.HeartbeatTimeout)
        {
            EndDead();
        }
    }

    public override void End() => presence.Gone(Connection.ConnectionId, isAbrupt: !Connection.IsClosedByClient);

    public override void Beat(PlainOutput output) => output.Ping();

    public override void Write(Frame frame, PlainOutput output) => output.Text(frame.Render(Rendering, Rendering));

    public override void Write(object notice, PlainOutput output)
    {
        switch (notice)
        {
            case Gap:
                // This dialect has no word for loss: who has lost something comes back.
                Connection.Close(CloseReasons.SlowConsumer, CloseReasons.SlowConsumer.Meaning);
                break;
            case Unsubscribed { Error: { } } ended:
                output.Text(Reply("error", null, writer => Error(writer, "CHANNEL_FORBIDDEN", "Channel access denied")));
                output.Text(Reply("unsubscribed", ended.Channel, writer => Removed(writer, ended.Channel, true)));
                break;
            default:
                break;
        }
    }

    private static byte[] Envelope(string type, string? channel, DateTimeOffset time, string eventId, Action<Utf8JsonWriter> payload) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        if (channel is not null)
        {
            writer.WriteString("channel", channel);
        }

        writer.WriteString("timestamp", DialectJson.Iso(time));
        writer.WriteString("eventId", eventId);
        writer.WriteString("encoding", "json");
        writer.WritePropertyName("payload");
        payload(writer);
        writer.WriteEndObject();
    });

    private static void Error(Utf8JsonWriter writer, string code, string message)
    {
        writer.WriteString("code", code);
        writer.WriteString("message", message);
    }

    private static void Removed(Utf8JsonWriter writer, string channel, bool isRemoved)
    {
        writer.WriteString("channel", channel);
        writer.WriteBoolean("removed", isRemoved);
    }

    private byte[] Reply(string type, string? channel, Action<Utf8JsonWriter> members)
    {
        var now = Clock.GetUtcNow();
        return Envelope(type, channel, now, Guid.CreateVersion7(now).ToString("N"), writer =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        });
    }

    private Task ErrorAsync(string code, string message) => SendAsync(Reply("error", null, writer => Error(writer, code, message)));

    private async Task SubscribeAsync(string text)
    {
        var error = await TrySubscribeAsync(text);
        Services.Book(Live, "subscribe", error, FieldError.Preview(text));
        Services.BookSubscribe(Live, error);
        if (error is not null)
        {
            Services.Fault(Live, "refused_call");
            var (code, message) = Refusals.GetValueOrDefault(error.Code, ("INTERNAL_ERROR", "The channel cannot be subscribed"));
            await ErrorAsync(code, message);
        }
    }

    private async Task<ProtocolError?> TrySubscribeAsync(string text)
    {
        // Room is looked at before anything about the channel, a badly formed name included.
        var name = WorkspaceChannel.Normalise(text);
        if (Services.Subscriptions.CheckRoom(Connection, ChannelName.Parse(name ?? "team:none")) is { } full)
        {
            return full;
        }

        if (name is null)
        {
            return WorkspaceChannel.Refusal(text);
        }

        var channel = ChannelName.Parse(name);
        if (await Services.AuthorizeAsync(Live, channel, Connection.ConnectionAborted) is { } refusal)
        {
            return refusal;
        }

        await SendAsync(Reply("subscribed", name, writer => writer.WriteString("channel", name)));
        if (Connection.Has(name))
        {
            return null;
        }

        var connectionId = Connection.ConnectionId;
        presence.Join(name, connectionId, Principal.Id, null);
        var result = await Services.Subscriptions.SubscribeAsync(Connection, new SubscribePlan
        {
            Id = name,
            Channel = channel,
            Policy = SlowConsumerPolicy.Disconnect,
            Left = () => presence.Leave(name, connectionId),
        });
        return result.Error;
    }

    private async Task UnsubscribeAsync(string text)
    {
        var name = WorkspaceChannel.Normalise(text);
        var isRemoved = name is not null && Services.Subscriptions.Unsubscribe(Connection, name);
        Services.Book(Live, "unsubscribe", null);
        await SendAsync(Reply("unsubscribed", name ?? FieldError.Preview(text), writer => Removed(writer, name ?? FieldError.Preview(text), isRemoved)));
    }
}
