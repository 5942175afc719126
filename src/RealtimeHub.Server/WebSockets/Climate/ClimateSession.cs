using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Binding;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Hubs.Climate.Requests;

namespace RealtimeHub.Server.WebSockets.Climate;

/// <summary>One connection of the climate dialect: subscriptions by the client's ids, each answered with its first frame or an error.</summary>
internal sealed class ClimateSession(ClimateSubscriptions climate, ClimateConnections connections, DialectServices services, LiveConnection live)
    : DialectSession(services, live)
{
    private const int MaxBytes = 65_536;
    private const int MaxIdLength = 100;

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(90);

    private static readonly Dictionary<string, (string Scope, Func<JsonObject, (SubscribeClimateRequest, ClimateAsk)> Read)> Requests = new()
    {
        ["subscribe"] = (Scopes.ClimateRead, message => Bind<SubscribeFieldsRequest>(message, ClimateAsks.Of)),
        ["subscribe_drivers"] = (Scopes.ClimateRead, message => Bind<SubscribeDriversRequest>(message, ClimateAsks.Of)),
        ["subscribe_xai"] = (Scopes.XaiRead, message => Bind<SubscribeXaiRequest>(message, ClimateAsks.Of)),
    };

    public override int MaxMessageBytes => MaxBytes;

    protected override TimeSpan BeatInterval => PingInterval;

    public override Task BeginAsync()
    {
        connections.Begin(Connection, Principal);
        return Task.CompletedTask;
    }

    public override void End() => connections.End(Connection);

    public override async Task HandleAsync(PlainMessage message)
    {
        using var document = Parse(message.Bytes);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            Services.Fault(Live, "bad_frame");
            await ErrorAsync(null, ClimateAsk.Bad("message", "A message is a JSON object."));
            return;
        }

        var type = DialectJson.Text(root, "type");
        var id = DialectJson.Text(root, "id");
        var error = id is not { Length: > 0 and <= MaxIdLength } ? ClimateAsk.Bad("id", $"An id is a text of 1 to {MaxIdLength} characters.")
            : type == "unsubscribe" ? Unsubscribe(id)
            : type is not null && Requests.TryGetValue(type, out var row) ? await SubscribeAsync(root, row.Scope, row.Read)
            : ClimateAsk.Bad("type", "There is no such message.", type, $"{string.Join(", ", Requests.Keys)}, unsubscribe");
        Services.Book(Live, type is not null && (type == "unsubscribe" || Requests.ContainsKey(type)) ? type : "unknown", error);
        if (error is not null)
        {
            Services.Fault(Live, "refused_call");
            await ErrorAsync(id, error);
        }
    }

    public override Task RefuseAsync(ProtocolError error) => SendAsync(Message("control", writer =>
    {
        writer.WriteString("code", "RATE_LIMIT");
        writer.WriteString("reason", error.Message);
        writer.WriteNumber("retry_after_ms", error.RetryAfterMs ?? 0);
    }));

    public override void Tick()
    {
        base.Tick();
        if (Connection.Silence >= SilenceLimit)
        {
            EndDead();
        }
    }

    public override void Beat(PlainOutput output) => output.Ping();

    public override void Write(Frame frame, PlainOutput output)
    {
        if (Connection.IdOf(frame.Envelope!.Channel) is { } id)
        {
            var rendering = frame.Render(ClimateRendering.Make, ClimateRendering.Make);
            output.Text([.. Encoding.UTF8.GetBytes($"{{\"type\":\"{rendering.Type}\",\"id\":"), .. DialectJson.Quoted(id), (byte)','], rendering.Tail);
        }
    }

    public override void Write(object notice, PlainOutput output)
    {
        switch (notice)
        {
            case Gap gap:
                output.Text(Dropped(gap.Channel, gap.Count, gap.Reason));
                break;
            case Skipped { Reason: SkipReasons.Sampled or SkipReasons.Conflated } skipped:
                output.Text(Dropped(skipped.Channel, skipped.Count, skipped.Reason));
                break;
            case Degraded degraded:
                output.Text(Message("control", writer =>
                {
                    writer.WriteString("code", "RATE_LIMIT");
                    Id(writer, degraded.Channel, degraded.To);
                    writer.WriteString("reason", degraded.Reason);
                }));
                break;
            case Unsubscribed { Error: { } error } ended:
                output.Text(Error(ended.Id, error));
                break;
            case ErrorNotice { Error: { } told }:
                output.Text(Error(null, told));
                break;
            default:
                break;
        }
    }

    public override (int Status, string Text) Close(CloseReason reason, string message, PlainOutput output)
    {
        output.Text(Message("control", writer =>
        {
            writer.WriteString("code", "SESSION_CLOSED");
            writer.WriteString("reason", message);
        }));
        return base.Close(reason, message, output);
    }

    private static (SubscribeClimateRequest, ClimateAsk) Bind<T>(JsonObject message, Func<T, ClimateAsk> ask)
        where T : SubscribeClimateRequest
    {
        var request = message.Deserialize<T>(LenientJson.Options)!;
        return (request, ask(request));
    }

    private static byte[] Message(string type, Action<Utf8JsonWriter> members) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        members(writer);
        writer.WriteEndObject();
    });

    // The document knows one word for a caller that may not.
    private static byte[] Error(string? id, ProtocolError error) => Message("error", writer =>
    {
        if (id is not null)
        {
            writer.WriteString("ref", FieldError.Preview(id));
        }

        writer.WriteString("code", error.Code == ErrorCodes.Forbidden.Code ? ErrorCodes.Unauthorized.Code : error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteStartObject("details");
        if (error.Details?.Errors is [{ } first, ..])
        {
            writer.WriteString("field", first.Field.Split('.', '[')[0]);
            writer.WriteString("member", first.Field);
        }

        Optional(writer, "policy", error.Details?.Policy);
        Optional(writer, "action", error.Details?.Action);
        Optional(writer, "limit", error.Details?.Limit ?? (error.Details?.Errors is [{ Bound: { } bound }, ..] ? bound : null));
        writer.WriteEndObject();
    });

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    // A subscription that goes over to another channel may be there already.
    private void Id(Utf8JsonWriter writer, string channel, string? other = null) =>
        Optional(writer, "id", Connection.IdOf(channel) ?? (other is null ? null : Connection.IdOf(other)));

    private byte[] Dropped(string channel, long count, string reason) => Message("control", writer =>
    {
        writer.WriteString("code", "FRAMES_DROPPED");
        Id(writer, channel);
        writer.WriteNumber("count", count);
        writer.WriteString("reason", reason);
    });

    private Task ErrorAsync(string? id, ProtocolError error) => SendAsync(Error(id, error));

    private ProtocolError? Unsubscribe(string id) => Services.Subscriptions.Unsubscribe(Connection, id)
        ? null
        : ErrorCodes.SubscriptionNotFound.With($"There is no subscription {FieldError.Preview(id)}.", new FieldError("id", "There is no such subscription.", FieldError.Preview(id)));

    private async Task<ProtocolError?> SubscribeAsync(JsonElement message, string scope, Func<JsonObject, (SubscribeClimateRequest, ClimateAsk)> read)
    {
        if (!Principal.Has(scope))
        {
            return ErrorCodes.Forbidden.With($"This needs the scope {scope}.");
        }

        var node = JsonObject.Create(message)!;
        node.Remove("type");
        var (request, ask) = read(node);
        if (request.BindingErrors is [{ } first, ..])
        {
            return ErrorCodes.InvalidRequest.With($"{first.Field}: {first.Message}", request.BindingErrors);
        }

        if (scope == Scopes.XaiRead && await Services.TakeExplanationAsync(Live, Connection.ConnectionAborted) is { } tooMany)
        {
            return tooMany;
        }

        var (opened, error) = await connections.OpenAsync(Connection, Principal, request, ask);
        if (opened is null)
        {
            return error;
        }

        var errors = new List<FieldError>();
        var plan = climate.Complete(SubscribePlanner.Plan(request, opened.Channel.Name, errors), request, opened);
        if (errors.Count > 0)
        {
            return ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors);
        }

        var result = await Services.Subscriptions.SubscribeAsync(Connection, plan);
        climate.Begun(opened);
        Services.BookSubscribe(Live, result.Error);
        return result.Error;
    }
}
