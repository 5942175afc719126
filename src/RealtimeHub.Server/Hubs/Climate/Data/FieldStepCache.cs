using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Keeps the decoded time steps that were used last, within a number of bytes. Thread-safe; what it returns is shared and not to be written to.</summary>
/// <remarks>Two readers that miss the same step at once both decode it; the later one's copy stays.</remarks>
internal sealed class FieldStepCache(long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FieldStepKey, LinkedListNode<Step>> _steps = [];
    private readonly LinkedList<Step> _byUse = [];
    private long _bytes;

    /// <summary>A step may take up a quarter; a larger one would only drive out the others.</summary>
    public long MaxStepBytes { get; } = maxBytes / 4;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    public bool TryGet(FieldStepKey key, [NotNullWhen(true)] out float[]? values)
    {
        lock (_gate)
        {
            if (!_steps.TryGetValue(key, out var node))
            {
                values = null;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            values = node.Value.Values;
            return true;
        }
    }

    /// <summary>Keeps a step, forgetting those unused longest. A step that is too large is not kept.</summary>
    public void Add(FieldStepKey key, float[] values)
    {
        var bytes = BytesOf(values);
        if (bytes > MaxStepBytes)
        {
            return;
        }

        lock (_gate)
        {
            if (_steps.Remove(key, out var before))
            {
                Forget(before);
            }

            while (_bytes + bytes > maxBytes)
            {
                _steps.Remove(_byUse.Last!.Value.Key);
                Forget(_byUse.Last);
            }

            _steps[key] = _byUse.AddFirst(new Step(key, values));
            _bytes += bytes;
        }
    }

    private static long BytesOf(float[] values) => values.Length * (long)sizeof(float);

    private void Forget(LinkedListNode<Step> node)
    {
        _byUse.Remove(node);
        _bytes -= BytesOf(node.Value.Values);
    }

    private sealed record Step(FieldStepKey Key, float[] Values);
}
