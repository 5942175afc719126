using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Engine.Hubs;

/// <summary>Gives every connection its protocol behind the guard.</summary>
internal sealed class GuardedHubProtocolResolver(IEnumerable<IHubProtocol> protocols, IOptions<HubOptions> options) : IHubProtocolResolver
{
    private readonly Dictionary<string, IHubProtocol> _byName = protocols
        .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(
            g => g.Key,
            IHubProtocol (g) => new GuardedHubProtocol(g.Last(), options.Value.MaximumReceiveMessageSize),
            StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [.. protocols];

    // SignalR asks once per connection, when it has read the handshake.
    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols)
    {
        ConnectionTraffic.Current?.ShookHands();
        return Find(protocolName, supportedProtocols);
    }

    private IHubProtocol? Find(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        _byName.TryGetValue(protocolName, out var protocol)
        && (supportedProtocols is null || supportedProtocols.Contains(protocolName, StringComparer.OrdinalIgnoreCase))
            ? protocol
            : null;
}
