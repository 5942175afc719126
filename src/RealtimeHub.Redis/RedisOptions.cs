using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Redis;

/// <summary>The Redis servers that nodes share. Without an endpoint the server is a single node that keeps everything in memory.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Redis";

    /// <summary>
    /// The servers, each independent of the others: <c>host:port</c> or <c>redis[s]://[:password@]host[:port][/database]</c>. Channels are spread over
    /// them by a stable hash. Every node has to have the same ones, written alike. Default none.
    /// </summary>
    public List<string> Endpoints { get; set; } = [];

    /// <summary>Whether there is a server to share.</summary>
    internal bool IsOn => Endpoints.Count > 0;

    /// <summary>The password of endpoints that name none. Default none.</summary>
    public string? Password { get; set; }

    /// <summary>A named user; refused, because the client library cannot send one.</summary>
    public string? User { get; set; }

    /// <summary>Whether endpoints without a scheme are spoken to over TLS. Default no.</summary>
    public bool Tls { get; set; }

    /// <summary>The name that the servers' certificates have to bear. Default each endpoint's host.</summary>
    public string? TlsHost { get; set; }

    /// <summary>What every key and every Pub/Sub channel begins with. Default <c>rt:</c>.</summary>
    [StringLength(50, MinimumLength = 1)]
    public string KeyPrefix { get; set; } = "rt:";

    /// <summary>The database of endpoints that name none. Default 0.</summary>
    [Range(0, 15)]
    public int Database { get; set; }

    /// <summary>How long one call may take. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a call that failed is tried again. Default 3.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>The wait before the first try again; it doubles, up to 30 s, and 10 to 30 % at random come to it. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how many failures in a row calls are refused at once. Default 5.</summary>
    [Range(1, 1_000)]
    public int BreakerFailures { get; set; } = 5;

    /// <summary>How long they are, before one is let through on trial. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is checked that announcements arrive. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SupervisionInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a link over which none arrive is built anew before the node is no longer ready. Default 5.</summary>
    [Range(1, 100)]
    public int MaxRestarts { get; set; } = 5;

    /// <summary>How often the position of each followed channel is compared with the store's; at most 40 s. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:40")]
    public TimeSpan PositionCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a channel without readers is still followed. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FollowIdleTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long revocations and used nonces that were known count on while Redis is away; then everybody is refused. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan CredentialGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a node may be silent before the others take it for gone. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan NodeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long what one node does for all stands still when that node is gone. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The name of this node among the others. Default a random one at each start.</summary>
    [StringLength(100)]
    public string? Node { get; set; }
}

[OptionsValidator]
internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>;
