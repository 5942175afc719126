using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

/// <summary>One server for all tests of a class that leave nothing behind which another could trip over.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    public HubServer Server { get; } = HubServer.Start(keys: [("viewer", "viewer-key", "events:read")]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
