namespace RealtimeHub.Benchmarks.Sharing;

/// <summary>One node's end of what carries messages between nodes.</summary>
internal interface IMessageRoad : IAsyncDisposable
{
    /// <summary>Hears the number of each message and when it came.</summary>
    Task ListenAsync(Action<int, long> heard);

    /// <summary>Sends messages with numbers from the first on.</summary>
    Task SendAsync(int first, int count, string payload);
}
