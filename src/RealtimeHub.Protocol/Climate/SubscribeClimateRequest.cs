using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Climate;

/// <summary>What every climate subscription can ask for. Unknown members are refused.</summary>
public abstract record SubscribeClimateRequest : SubscribeRequest, IStrictRequest
{
    /// <summary>The stream, from <see cref="ClimateStreams"/>; may be left out, for the method says it too.</summary>
    public string? Stream { get; init; }

    /// <summary>Of when, from <see cref="TimeModes"/>. Default <c>realtime</c>.</summary>
    public string? TimeMode { get; init; }

    /// <summary>Where.</summary>
    public ClimateDomain? Domain { get; init; }

    /// <summary>How.</summary>
    public ClimateOptions? Options { get; init; }

    /// <summary>What happens where the box meets a protected area: <c>conceal</c> (default) or <c>deny</c>.</summary>
    public string? OnProtected { get; init; }

    /// <summary>The id of the source. Default: the server's.</summary>
    public string? Source { get; init; }
}
