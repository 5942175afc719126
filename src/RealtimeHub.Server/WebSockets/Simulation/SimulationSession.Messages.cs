using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Binding;
using RealtimeHub.Server.Hubs.Simulation;

namespace RealtimeHub.Server.WebSockets.Simulation;

// What the client says.
internal sealed partial class SimulationSession
{
    private const int MaxStreamIdLength = 100;
    private const int MinGridSize = 8;
    private const int MaxGridSize = 256;
    private const int MaxCopies = 4;

    // Below this a time is taken as seconds.
    private const double FirstMilliseconds = 1e12;

    // Simulations go as fast as a screen follows, features as often as they are asked for.
    private const double StepsPerSecond = 100;
    private const int DefaultFeatureIntervalMs = 100;
    private const double SlowestStepsPerSecond = 0.1;

    private static readonly Dictionary<string, Func<SimulationSession, JsonElement, Task<ProtocolError?>>> Handlers = new(StringComparer.Ordinal)
    {
        ["init"] = static (session, message) => session.InitAsync(message),
        ["auth"] = static (session, message) => session.AuthAsync(message),
        ["subscribe"] = static (session, message) => session.SubscribeAsync(message),
        ["unsubscribe"] = static (session, message) => session.UnsubscribeAsync(message),
        ["heartbeat"] = static (session, _) => session.AnswerAsync(SimulationMessages.Bare("pong", session.Clock.GetUtcNow())),
        ["ping"] = static (session, _) => session.AnswerAsync(SimulationMessages.Bare("pong", session.Clock.GetUtcNow())),
        ["pong"] = static (_, _) => Task.FromResult<ProtocolError?>(null),
        ["close"] = static (session, _) => session.CloseAsync(),
    };

    private static JsonElement PayloadOf(JsonElement message) =>
        message.TryGetProperty("payload", out var payload) && payload.ValueKind is JsonValueKind.Object ? payload : default;

    private async Task<ProtocolError?> AnswerAsync(byte[] json)
    {
        await SendAsync(json);
        return null;
    }

    private Task<ProtocolError?> CloseAsync()
    {
        Connection.Close(DialectCloseReasons.Done, "Closed");
        return Task.FromResult<ProtocolError?>(null);
    }

    private Task<ProtocolError?> InitAsync(JsonElement message)
    {
        var version = DialectJson.Text(PayloadOf(message), "protocol_version") ?? SimulationMessages.Version;
        return version == SimulationMessages.Version
            ? AnswerAsync(SimulationMessages.Init(Clock.GetUtcNow()))
            : FailAsync("error", "INIT_FAILED", ErrorCodes.InvalidRequest.With($"protocol_version is {FieldError.Preview(version)}; {SimulationMessages.Version} is spoken here."));
    }

    private async Task<ProtocolError?> AuthAsync(JsonElement message)
    {
        var payload = PayloadOf(message);
        if (DialectJson.Text(payload, "api_key") is not { } key
            || !payload.TryGetProperty("timestamp", out var time) || time.ValueKind is not JsonValueKind.Number || !time.TryGetDouble(out var timestamp))
        {
            return await FailAsync("auth_failed", "AUTH_ERROR", ErrorCodes.InvalidRequest.With("auth names api_key, a text, and timestamp, a number of milliseconds."));
        }

        var signature = payload.TryGetProperty("signature", out var given) && given.ValueKind is not JsonValueKind.Null ? given.ToString() : null;
        var milliseconds = timestamp < FirstMilliseconds && signature is null ? timestamp * 1_000 : timestamp;
        var anybody = options.AnyKey ? Strangers.Anybody(Live.Address, Scopes.SimulationRead, Scopes.SimulationRun) : null;
        var outcome = signatures.Check(key, milliseconds, signature, Live.Address, anybody);
        if (outcome.Identity is not { } identity || !Services.TryIdentify(Live, identity))
        {
            var error = (outcome.Error ?? ErrorCodes.ConnectionLimit).With("Invalid API key or timestamp");
            Services.Audit.Write(AuditEvent.Of("denied", Live) with { Method = "auth", Code = error.Code });
            return await FailAsync("auth_failed", "AUTH_FAILED", error);
        }

        return await AnswerAsync(SimulationMessages.Bare("auth_success", Clock.GetUtcNow()));
    }

    private async Task<ProtocolError?> SubscribeAsync(JsonElement message)
    {
        var payload = PayloadOf(message);
        if (Strangers.IsUnknown(Live.Principal.Identity))
        {
            return await FailAsync("subscribe_failed", "NOT_AUTHENTICATED", ErrorCodes.AuthRequired.With("Must authenticate before subscribing"));
        }

        if (DialectJson.Text(payload, "stream_id") is not { Length: > 0 and <= MaxStreamIdLength } id)
        {
            return await FailAsync("subscribe_failed", "SUBSCRIBE_ERROR", ErrorCodes.InvalidRequest.With($"stream_id is a text of 1 to {MaxStreamIdLength} characters."));
        }

        if (!Principal.Has(Scopes.SimulationRead) || !hasStreams)
        {
            return await FailAsync("subscribe_failed", "SUBSCRIBE_FAILED", ErrorCodes.Forbidden.With(
                hasStreams ? $"Watching needs the scope {Scopes.SimulationRead}." : "This route has no streams."), id);
        }

        var errors = new List<FieldError>();
        var share = Plan(DialectJson.Text(payload, "stream_type"), payload, errors);
        return errors.Count > 0 || share is null
            ? await FailAsync("subscribe_failed", "SUBSCRIBE_ERROR", Checks.Refusal(errors), id)
            : await JoinAsync(share, id);
    }

    private static SharePlan? Plan(string? kind, JsonElement payload, List<FieldError> errors)
    {
        var parameters = payload.TryGetProperty("params", out var given) && given.ValueKind is not JsonValueKind.Null ? given : default;
        if (parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            errors.Add(new FieldError("params", "params is an object or null.", FieldError.Preview(parameters.GetRawText()), "an object"));
            return null;
        }

        var node = parameters.ValueKind is JsonValueKind.Object ? JsonObject.Create(parameters)! : [];
        switch (kind)
        {
            case "stream_features":
                // The documented feature stream has no settings of a simulation: grid 64, seed 42.
                var features = Read<StreamFeaturesRequest>(Only(node, "update_interval_ms", "features", "compression"));
                var interval = features.UpdateIntervalMs ?? DefaultFeatureIntervalMs;
                return SharePlan.Of(
                    features with { StepsPerSecond = Math.Clamp(1_000.0 / Math.Max(1, interval), SlowestStepsPerSecond, RunPlanner.FastestStepsPerSecond) },
                    SimulationTypes.FeatureUpdate, StartPoint.Live, errors);
            case "simulation_live":
                var simulation = Read<StreamSimulationRequest>(Only(
                    node, "seed", "grid_size", "steps", "alpha", "spike_probability", "turing_enabled", "update_interval_steps", "include_full_state", "compression"));
                Checks.InRange("grid_size", simulation.GridSize, MinGridSize, MinGridSize, MaxGridSize, errors);
                return SharePlan.Of(simulation with { StepsPerSecond = StepsPerSecond }, SimulationTypes.State, StartPoint.Oldest, errors);
            default:
                errors.Add(new FieldError("stream_type", "There is no such stream.", FieldError.Preview(kind ?? "null"), "stream_features, simulation_live"));
                return null;
        }
    }

    private static T Read<T>(JsonObject node)
        where T : SimulationRequest => node.Deserialize<T>(LenientJson.Options)!;

    private static JsonObject Only(JsonObject node, params IReadOnlyList<string> names)
    {
        foreach (var name in node.Select(m => m.Key).Where(k => !names.Contains(k)).ToList())
        {
            node.Remove(name);
        }

        return node;
    }

    private async Task<ProtocolError?> JoinAsync(SharePlan share, string id)
    {
        if (Connection.Has(id) || !_streams.TryAdd(id, new SimulationStream(id, Clock.GetUtcNow())))
        {
            return await FailAsync("subscribe_failed", "SUBSCRIBE_FAILED", ErrorCodes.SubscriptionConflict.With($"The stream_id {FieldError.Preview(id)} is taken."), id);
        }

        var refusal = Enter(share, out var run, out var view);
        Services.BookSubscribe(Live, refusal);
        if (refusal is not null)
        {
            _streams.TryRemove(id, out _);
            return await FailAsync("subscribe_failed", "SUBSCRIBE_FAILED", refusal, id);
        }

        // Told before it takes effect, so that no frame comes ahead of the answer.
        await SendAsync(SimulationMessages.Bare("subscribe_success", Clock.GetUtcNow(), id));
        var plan = share.For(view!, id) with
        {
            Policy = SlowConsumerPolicyNames.TryParse(options.Backpressure, out var policy) ? policy : null,
            Limits = new LagLimits(options.QueueFrames, LagLimits.Default.Bytes),
            Left = () => runs.Leave(run!, view!, Connection.ConnectionAborted.IsCancellationRequested),
        };
        var result = await Services.Subscriptions.SubscribeAsync(Connection, plan);
        if (result.Error is { } error)
        {
            _streams.TryRemove(id, out _);
            runs.Leave(run!, view!, isLost: false);
            await SendAsync(SimulationMessages.Failure("error", "STREAM_ERROR", error.Message, Clock.GetUtcNow(), id));
        }

        return result.Error;
    }

    // A connection reads a channel once: a stream with the same content as another of its own has a copy of the run, from the beginning.
    private ProtocolError? Enter(SharePlan share, out SimulationRun? run, out RunView? view)
    {
        for (var copy = 1; ; copy++)
        {
            var plan = copy == 1 ? share.Run : share.Run with { Key = string.Create(CultureInfo.InvariantCulture, $"{share.Run.Key};copy={copy}") };
            if (runs.Share(Principal, plan, share.View, out run, out view) is { } refusal)
            {
                return refusal;
            }

            var isTaken = Connection.IdOf(view!.Channel.Value) is not null;
            var full = isTaken
                ? ErrorCodes.SubscriptionConflict.With($"{MaxCopies} streams of this connection have the same content already.")
                : Services.Subscriptions.CheckRoom(Connection, view.Channel);
            if (full is null)
            {
                return null;
            }

            runs.Leave(run!, view, isLost: false);
            if (!isTaken || copy == MaxCopies)
            {
                return full;
            }
        }
    }

    private async Task<ProtocolError?> UnsubscribeAsync(JsonElement message)
    {
        var id = DialectJson.Text(PayloadOf(message), "stream_id") ?? DialectJson.Text(message, "stream_id") ?? "";
        Services.Subscriptions.Unsubscribe(Connection, id);
        if (_streams.TryRemove(id, out var stream))
        {
            Record(stream, "unsubscribed");
        }

        return await AnswerAsync(SimulationMessages.Bare("unsubscribe", Clock.GetUtcNow(), FieldError.Preview(id)));
    }

    private async Task<ProtocolError?> FailAsync(string type, string code, ProtocolError error, string? streamId = null)
    {
        Services.Fault(Live, "refused_call");
        await SendAsync(SimulationMessages.Failure(type, code, error.Message, Clock.GetUtcNow(), streamId));
        return error;
    }

    private void Record(SimulationStream stream, string reason) => Services.Audit.Write(AuditEvent.Of("stream", Live) with
    {
        Channel = FieldError.Preview(stream.Id),
        DurationMs = (long)(Clock.GetUtcNow() - stream.StartedAt).TotalMilliseconds,
        Sent = stream.Sent,
        Dropped = stream.Dropped,
        DropRatePercent = AuditEvent.DropRate(stream.Sent, stream.Dropped),
        Reason = reason,
    });
}
