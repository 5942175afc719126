namespace RealtimeHub.Protocol.Climate;

/// <summary>Whether a frame came out the same again.</summary>
public sealed record VerifyResult
{
    /// <summary>Whether the checksums are equal.</summary>
    public required bool Matches { get; init; }

    /// <summary>The checksum that the frame has.</summary>
    public required string Expected { get; init; }

    /// <summary>The checksum that came out now.</summary>
    public required string Computed { get; init; }

    /// <summary>What was computed.</summary>
    public required FrameRecipe Recipe { get; init; }
}
