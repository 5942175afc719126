namespace RealtimeHub.Cli;

/// <summary>The first signal asks the command to end; another one, a second or more later, ends the process. Thread-safe.</summary>
/// <remarks>Wrappers such as <c>timeout</c> and <c>dotnet run</c> deliver one interrupt twice.</remarks>
internal sealed class Interruption(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private long? _first;

    public CancellationToken Token => _cancellation.Token;

    /// <summary>A signal has come; true when the process is to live on.</summary>
    public bool Signal()
    {
        lock (_gate)
        {
            if (_first is { } first)
            {
                return time.GetElapsedTime(first) < SameSignal;
            }

            _first = time.GetTimestamp();
        }

        _cancellation.Cancel();
        return true;
    }

    public void Dispose() => _cancellation.Dispose();
}
