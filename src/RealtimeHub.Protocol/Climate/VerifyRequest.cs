namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks the server to compute a frame again: by its recipe and checksum, or by its activity.</summary>
public sealed record VerifyRequest
{
    /// <summary>The activity of a frame, from <c>prov</c>.</summary>
    public string? Activity { get; init; }

    /// <summary>The recipe of a frame, from its payload.</summary>
    public FrameRecipe? Recipe { get; init; }

    /// <summary>The checksum of the frame, needed with a recipe.</summary>
    public string? Multihash { get; init; }
}
