using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Server.Auth.Signatures;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Simulation;

namespace RealtimeHub.Server.WebSockets.Simulation;

/// <summary>One connection of the simulation dialect: init, auth, streams.</summary>
internal sealed partial class SimulationSession(
    bool hasStreams, SimulationDialectOptions options, SimulationRuns runs, SignedTimestamps signatures, DialectServices services, LiveConnection live)
    : DialectSession(services, live)
{
    private const int MaxBytes = 65_536;
    private const int MaxNumberLength = 20;

    private readonly ConcurrentDictionary<string, SimulationStream> _streams = new(StringComparer.Ordinal);

    public override int MaxMessageBytes => MaxBytes;

    protected override TimeSpan BeatInterval => options.HeartbeatInterval;

    public override async Task HandleAsync(PlainMessage message)
    {
        using var document = Parse(message.Bytes);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            Services.Fault(Live, "bad_frame");
            Connection.Close(CloseReasons.InvalidFrame, "Message must be a JSON object");
            return;
        }

        // Types that are not known are ignored, as documented.
        if (DialectJson.Text(root, "type") is { } type && Handlers.TryGetValue(type, out var handler))
        {
            var error = await handler(this, root);
            Services.Book(Live, type, error);
        }
    }

    public override Task RefuseAsync(ProtocolError error) => SendAsync(SimulationMessages.Failure(
        "error", error.Code, error.Message, Clock.GetUtcNow(), null, payload => payload.WriteNumber("retry_after_ms", error.RetryAfterMs ?? 0)));

    public override void Tick()
    {
        base.Tick();
        if (Connection.Silence >= options.HeartbeatTimeout)
        {
            EndDead();
        }
        else if (Strangers.IsUnknown(Live.Principal.Identity) && Clock.GetUtcNow() - Live.OpenedAt >= options.HeartbeatTimeout)
        {
            Connection.Close(DialectCloseReasons.HeartbeatTimeout, "Authentication timeout");
        }
    }

    public override void End()
    {
        foreach (var (_, stream) in _streams)
        {
            Record(stream, "disconnected");
        }
    }

    public override void Beat(PlainOutput output) => output.Text(SimulationMessages.Bare("heartbeat", Clock.GetUtcNow()));

    public override void Write(Frame frame, PlainOutput output)
    {
        var rendering = frame.Render(SimulationRendering.Make, SimulationRendering.Make);
        if (rendering.Type is not { } type || StreamOn(frame.Envelope!.Channel) is not { } stream)
        {
            return;
        }

        stream.Sent++;
        if (type != SimulationTypes.FeatureUpdate)
        {
            output.Text(stream.Head(type, isNumbered: false), rendering.Tail);
            return;
        }

        var head = stream.Head(type, isNumbered: true);
        Span<byte> own = stackalloc byte[head.Length + MaxNumberLength + 1];
        head.CopyTo(own);
        Utf8Formatter.TryFormat(stream.NextSequence++, own[head.Length..], out var digits);
        own[head.Length + digits] = (byte)',';
        output.Text(own[..(head.Length + digits + 1)], rendering.Tail);
    }

    public override void Write(object notice, PlainOutput output)
    {
        switch (notice)
        {
            case Gap gap:
                Drop(gap.Channel, gap.Count, gap.Reason, output);
                break;
            case Skipped { Reason: SkipReasons.Sampled or SkipReasons.Conflated } skipped:
                Drop(skipped.Channel, skipped.Count, options.Backpressure, output);
                break;
            case Unsubscribed ended when _streams.TryRemove(ended.Id, out var stream):
                if (ended.Error is { } error)
                {
                    output.Text(SimulationMessages.Failure("error", "STREAM_ERROR", error.Message, Clock.GetUtcNow(), stream.Id));
                }

                Record(stream, ended.Reason);
                break;
            default:
                break;
        }
    }

    private SimulationStream? StreamOn(string channel) => Connection.IdOf(channel) is { } id ? _streams.GetValueOrDefault(id) : null;

    private void Drop(string channel, long count, string reason, PlainOutput output)
    {
        if (StreamOn(channel) is { } stream)
        {
            stream.Dropped += count;
            var isNumbered = stream.NextSequence > 0;
            output.Text(SimulationMessages.Dropped(stream.Id, isNumbered ? stream.NextSequence : null, count, reason, Clock.GetUtcNow()));
            stream.NextSequence += isNumbered ? count : 0;
        }
    }
}
