using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine;

/// <summary>Limits of channels, subscriptions and connections.</summary>
public sealed class ChannelEngineOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Channels";

    /// <summary>How many channels the node holds at most. Default 100,000.</summary>
    [Range(16, 10_000_000)]
    public int MaxChannels { get; set; } = 100_000;

    /// <summary>How many subscriptions one connection may hold. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxSubscriptionsPerConnection { get; set; } = 100;

    /// <summary>How often each connection is told the positions of its subscriptions. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection with no subscription and no call for this long is closed. Default 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a closing connection may take to go by itself. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A write that makes no progress for this long ends the connection. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What families of channels keep, where it differs from their defaults. Default none.</summary>
    [ValidateEnumeratedItems]
    public List<RetentionOptions> Retention { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class ChannelEngineOptionsValidator : IValidateOptions<ChannelEngineOptions>;
