using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Limits;

/// <summary>How much anybody may ask for. Rates of a principal are multiplied by its rate class.</summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Limits";

    /// <summary>Attempts to connect per address and minute, refused ones included. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int ConnectsPerMinute { get; set; } = 100;

    /// <summary>Hub connections that one principal may hold at a time. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerPrincipal { get; set; } = 100;

    /// <summary>Hub connections of the server. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Connections that have not shaken hands yet. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxPendingHandshakes { get; set; } = 1_000;

    /// <summary>How long a connection may take to shake hands. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Calls per second of one connection, in the long run. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 50;

    /// <summary>Calls that one connection may make at once. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int CallBurst { get; set; } = 100;

    /// <summary>Calls and HTTP requests per second of one principal over all its connections, in the long run. Default 500.</summary>
    [Range(1, 10_000_000)]
    public int PrincipalCallsPerSecond { get; set; } = 500;

    /// <summary>Calls and HTTP requests that one principal may make at once. Default 1,000.</summary>
    [Range(1, 10_000_000)]
    public int PrincipalCallBurst { get; set; } = 1_000;

    /// <summary>Streams that one connection may have open. Default 20.</summary>
    [Range(1, 10_000)]
    public int StreamsPerConnection { get; set; } = 20;

    /// <summary>Explanations per minute of one principal. Default 30.</summary>
    [Range(1, 1_000_000)]
    public int ExplanationsPerMinute { get; set; } = 30;

    /// <summary>Grids per minute that one principal may have predicted over HTTP. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int InferencesPerMinute { get; set; } = 600;

    /// <summary>Refused calls, calls of unknown methods and bad frames of one connection per minute, before it is closed. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int FaultsPerMinute { get; set; } = 100;

    /// <summary>How long who was closed for faults has to wait. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Penalty { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may live. Default 1 d.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "365.00:00:00")]
    public TimeSpan MaxSessionLength { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default this machine.</summary>
    public string[] TrustedProxies { get; set; } = ["127.0.0.1", "::1"];

    /// <summary>By how much the rates of a class are multiplied. Default 1; <c>development</c> has 100.</summary>
    public Dictionary<string, double> RateClasses { get; set; } = new() { ["development"] = 100 };
}

[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
