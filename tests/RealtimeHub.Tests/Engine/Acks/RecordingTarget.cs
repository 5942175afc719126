using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Tests.Engine.Acks;

/// <summary>A subscription that keeps what is sent to it again.</summary>
internal sealed class RecordingTarget : IRedeliveryTarget
{
    public long Served { get; set; } = long.MaxValue;

    public List<Frame> Again { get; } = [];

    public List<long> Offsets => [.. Again.Select(f => f.Offset)];

    public void Redeliver(PendingAck pending) => Again.Add(pending.Frame);
}
