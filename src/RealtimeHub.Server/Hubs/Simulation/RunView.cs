using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>One channel of a run. Its members are changed under the run's gate only, but for what its loop alone uses.</summary>
internal sealed class RunView(ViewPlan plan, ChannelName channel)
{
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ViewPlan Plan { get; } = plan;

    public ChannelName Channel { get; } = channel;

    /// <summary>How many watch it on this node.</summary>
    public int Here { get; set; }

    /// <summary>How many watch it on other nodes. Known to the node that computes the run only.</summary>
    public Dictionary<string, int> Elsewhere { get; } = new(StringComparer.Ordinal);

    public int Viewers => Here + Elsewhere.Values.Sum();

    /// <summary>Whether another node waits to be told where its newest state is.</summary>
    public bool IsAwaited { get; set; }

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

    /// <summary>Another node has still to show it the state as it is.</summary>
    public void Await()
    {
        NeedsSnapshot = true;
        if (_ready.Task.IsCompleted)
        {
            _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Has(StreamPosition beforeNewest)
    {
        BeforeNewest = beforeNewest;
        NeedsSnapshot = false;
        _ready.TrySetResult();
    }

    /// <summary>It has no state so far that anybody could wait for.</summary>
    public void HasNone()
    {
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
