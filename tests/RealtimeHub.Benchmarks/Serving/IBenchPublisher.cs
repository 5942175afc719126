namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Sends one frame to every connection of the benchmark.</summary>
internal interface IBenchPublisher
{
    /// <summary>Sends a frame; completes when the server lets an application's publisher go on.</summary>
    ValueTask PublishAsync(string payload);
}
