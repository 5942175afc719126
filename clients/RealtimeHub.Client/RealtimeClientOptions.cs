using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeHub.Client.Credentials;

namespace RealtimeHub.Client;

/// <summary>Where the server is, who is asking, and how patient the client is.</summary>
public sealed record RealtimeClientOptions
{
    /// <summary>The address of the server: <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>. Its path stands in front of the hubs'.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The API key, sent as the header <c>X-API-Key</c>. Default: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Another credential than an API key. Default: none; give at most one of the two.</summary>
    public RealtimeCredential? Credential { get; init; }

    /// <summary>How messages are encoded on the way. Default JSON.</summary>
    public HubEncoding Encoding { get; init; } = HubEncoding.Json;

    /// <summary>The first reconnect waits anything up to this; each further one up to twice as long. Default 500 ms.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No reconnect waits longer than this. Default 20 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A connection that held this long resets the backoff. Default 30 s.</summary>
    public TimeSpan HealthyAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt to connect may take. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the client tells the server that it lives. Default 15 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A server that says nothing for this long is taken for gone. Default 30 s.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many items wait between a connection and a slow reader before the connection stops reading. Default 256.</summary>
    public int QueueCapacity { get; init; } = 256;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The source of jitter; it is locked while used. Default: the shared one.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where log messages go. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Names the server, and no secret.</summary>
    public override string ToString() => $"{nameof(RealtimeClientOptions)} {{ {Uri.Scheme}://{Uri.Authority} }}";

    /// <summary>The headers that say who is asking, as each request and connection carries them; for calls that this library does not make.</summary>
    /// <param name="cancellationToken">Ends the wait for a credential.</param>
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> HeadersAsync(CancellationToken cancellationToken = default) =>
        Effective is { } credential ? await credential.HeadersAsync(TimeProvider, cancellationToken).ConfigureAwait(false) : [];

    internal RealtimeClientOptions Validated()
    {
        if (!Uri.IsAbsoluteUri || Uri.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            throw new ArgumentException($"The address must be an absolute http, https, ws or wss URL; it is '{Uri}'.", nameof(Uri));
        }

        if (ApiKey is not null && Credential is not null)
        {
            throw new ArgumentException("Give at most one of ApiKey and Credential.", nameof(Credential));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1, nameof(QueueCapacity));
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffBase, TimeSpan.Zero, nameof(BackoffBase));
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffCap, BackoffBase, nameof(BackoffCap));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ServerTimeout, KeepAliveInterval, nameof(ServerTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero, nameof(ConnectTimeout));
        return this;
    }

    internal RealtimeCredential? Effective => Credential ?? (ApiKey is null ? null : new ApiKeyCredential(ApiKey));

    internal Uri HubUri(string pathAndQuery) => Resolve(pathAndQuery, Uri.Scheme is "https" or "wss" ? "wss" : "ws");

    internal Uri HttpUri(string pathAndQuery) => Resolve(pathAndQuery, Uri.Scheme is "https" or "wss" ? "https" : "http");

    private Uri Resolve(string pathAndQuery, string scheme) =>
        new($"{scheme}://{Uri.Authority}{Uri.AbsolutePath.TrimEnd('/')}{pathAndQuery}");
}
