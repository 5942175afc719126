using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks for a story node or a focus payload of a box.</summary>
public sealed record StoryRequest : HubRequest, IStrictRequest
{
    /// <summary>Where.</summary>
    public ClimateDomain? Domain { get; init; }

    /// <summary>The valid time; default now, by the data clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The zoom at which it is shown, 0 to 22.</summary>
    public int? Zoom { get; init; }

    /// <summary>What happens where the box meets a protected area: <c>conceal</c> (default) or <c>deny</c>.</summary>
    public string? OnProtected { get; init; }

    /// <summary>The id of the source. Default: the server's.</summary>
    public string? Source { get; init; }
}
