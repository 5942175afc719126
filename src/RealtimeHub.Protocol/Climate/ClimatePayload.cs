namespace RealtimeHub.Protocol.Climate;

/// <summary>The payload of a frame of fields, drivers or a tile. The numbers are in the frame's blocks, under the same names.</summary>
public sealed record ClimatePayload
{
    /// <summary>When the values are valid; in a replay, the original date.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Of when, from <see cref="TimeModes"/>.</summary>
    public required string TimeMode { get; init; }

    /// <summary>The variables or drivers.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>What each block holds.</summary>
    public required IReadOnlyDictionary<string, ClimateField> Data { get; init; }

    /// <summary>Where the values are.</summary>
    public required ClimateGridSpec Grid { get; init; }

    /// <summary>The model that predicted; absent where nothing was.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The title of the source.</summary>
    public required string SourceTitle { get; init; }

    /// <summary>What makes these numbers again.</summary>
    public required FrameRecipe Recipe { get; init; }
}
