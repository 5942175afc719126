namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks what the policy shows of a box, for whoever draws it.</summary>
public sealed record CareMapRequest
{
    /// <summary>Where; a box.</summary>
    public ClimateDomain? Domain { get; init; }

    /// <summary>The id of the source. Default: the server's.</summary>
    public string? Source { get; init; }
}
