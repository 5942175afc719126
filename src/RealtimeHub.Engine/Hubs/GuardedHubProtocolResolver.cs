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

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        _byName.TryGetValue(protocolName, out var protocol)
        && (supportedProtocols is null || supportedProtocols.Contains(protocolName, StringComparer.OrdinalIgnoreCase))
            ? protocol
            : null;
}
