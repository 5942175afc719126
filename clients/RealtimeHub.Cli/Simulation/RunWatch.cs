using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Simulation;

/// <summary>Shows what a run says, and keeps its fields where they are wanted.</summary>
internal sealed class RunWatch(CommandContext context, string? feature, bool keepsAll)
{
    private readonly RunProgress _progress = new(context.Host.Time, feature);
    private readonly List<float[]> _fields = [];
    private bool _hasLine;

    /// <summary>The fields received, oldest first; without a wish to keep all, only the newest.</summary>
    public IReadOnlyList<float[]> Fields => _fields;

    /// <summary>The shape of the fields.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = [];

    /// <summary>How the run ended, once it has.</summary>
    public SimulationComplete? Complete { get; private set; }

    /// <summary>Reads to the end; the exit code says whether the run did what it should.</summary>
    public async Task<int> FollowAsync(IAsyncEnumerable<StreamItem> items)
    {
        var isRefused = false;
        await foreach (var item in items.ConfigureAwait(false))
        {
            if (context.Out.IsJson)
            {
                context.Out.Json(item);
            }

            Take(item);
            isRefused |= item.Error is not null;
        }

        EndLine();
        return isRefused || Complete is { State: RunStates.Failed } ? ExitCodes.Failed : ExitCodes.Done;
    }

    private void Take(StreamItem item)
    {
        switch (item)
        {
            case { Frame: { } frame }:
                Take(frame);
                break;
            case { Gap: { } gap }:
                Note($"Lost {gap.Count} frame(s), {gap.From} to {gap.To}: {gap.Reason}.");
                break;
            case { Error: { } error }:
                Note($"Ended: {error.Message} ({error.Code})");
                foreach (var field in error.Details?.Errors ?? [])
                {
                    Note($"  {field.Field}: {field.Message} It is {field.Value}. Allowed: {field.Bound}.");
                }

                break;
        }
    }

    private void Take(FrameEnvelope frame)
    {
        if (frame.Blocks?.GetValueOrDefault(SimulationState.FieldBlock) is { } block)
        {
            Shape = block.Shape;
            if (!keepsAll)
            {
                _fields.Clear();
            }

            _fields.Add(block.ToFloats());
        }

        switch (frame.Type)
        {
            case SimulationTypes.State:
                Show(_progress.Next(frame.Payload.To(RealtimeJsonContext.Default.SimulationState)!));
                break;
            case SimulationTypes.Complete:
                Complete = frame.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!;
                break;
            case SimulationTypes.Steered or SimulationTypes.Paused or SimulationTypes.Resumed:
                var change = frame.Payload.To(RealtimeJsonContext.Default.RunChange)!;
                Note($"{frame.Type} after step {change.Step} by {change.By}.");
                break;
        }
    }

    // A terminal gets one line that is written over; a file gets none of it.
    private void Show(string line)
    {
        if (context.Host.IsErrorTerminal && !context.Out.IsJson)
        {
            context.Out.RawError($"\r\u001b[K{line}");
            _hasLine = true;
        }
    }

    private void Note(string sentence)
    {
        EndLine();
        context.Out.Note(sentence);
    }

    private void EndLine()
    {
        if (_hasLine)
        {
            context.Out.RawError("\n");
            _hasLine = false;
        }
    }
}
