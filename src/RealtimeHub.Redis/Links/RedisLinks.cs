using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Redis.Links;

/// <summary>The links to all Redis servers, and which of them a name belongs to. Thread-safe.</summary>
internal sealed class RedisLinks : IAsyncDisposable
{
    private readonly string[] _names;
    private readonly RedisLink[] _links;

    public RedisLinks(IOptions<RedisOptions> options, RedisMetrics metrics, TimeProvider clock, ILogger<RedisLinks> logger)
    {
        Node = options.Value.Node ?? Guid.NewGuid().ToString("N")[..12];
        Prefix = options.Value.KeyPrefix;
        _links = [.. options.Value.Endpoints.Select(text => RedisEndpoint.TryParse(text, options.Value, out var endpoint, out var problem)
            ? new RedisLink(endpoint, Node, options.Value, metrics, clock, logger)
            : throw new OptionsValidationException(RedisOptions.SectionName, typeof(RedisOptions), [problem]))];
        _names = [.. _links.Select(l => l.Endpoint.Name)];
    }

    /// <summary>The name of this node among the others.</summary>
    public string Node { get; }

    /// <summary>What every key begins with.</summary>
    public string Prefix { get; }

    public IReadOnlyList<RedisLink> All => _links;

    /// <summary>The server that a name belongs to, the same on every node.</summary>
    public RedisLink For(string name) => _links[Rendezvous.Pick(_names, name)];

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }
}
