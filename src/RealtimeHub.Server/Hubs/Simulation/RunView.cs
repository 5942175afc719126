using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>One channel of a run. Its members are changed under the run's gate only, but for what its loop alone uses.</summary>
internal sealed class RunView(ViewPlan plan, ChannelName channel)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ViewPlan Plan { get; } = plan;

    public ChannelName Channel { get; } = channel;

    public int Viewers { get; set; }

    /// <summary>Whether the loop has still to show it the state as it is.</summary>
    public bool NeedsSnapshot { get; set; }

    /// <summary>Whether it was made after the run had ended, for somebody who came late.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether its last frame was made.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The place right before its newest state; null while it has none.</summary>
    public StreamPosition? BeforeNewest { get; private set; }

    /// <summary>Completes when it has a state, or never will.</summary>
    public Task Ready => _ready.Task;

    public void Has(StreamPosition beforeNewest)
    {
        BeforeNewest = beforeNewest;
        NeedsSnapshot = false;
        _ready.TrySetResult();
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        IsClosed = true;
        _ready.TrySetResult();
    }
}
