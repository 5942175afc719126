using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Climate;

/// <summary>The payload of an explanation. The block <c>contributions</c> has them by feature, then by place.</summary>
public sealed record XaiPayload
{
    /// <summary>When the explained prediction is valid.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The explained variable.</summary>
    public required string Variable { get; init; }

    /// <summary>How it was explained.</summary>
    public required string Method { get; init; }

    /// <summary>What is explained, from <see cref="XaiLevels"/>.</summary>
    public required string Level { get; init; }

    /// <summary>The contributions in short.</summary>
    public required XaiAttribution Attribution { get; init; }

    /// <summary>The model that is explained.</summary>
    [JsonPropertyName("kfm:model_version")]
    public required string ModelVersion { get; init; }

    /// <summary>The STAC items that went in.</summary>
    [JsonPropertyName("kfm:input_items")]
    public required IReadOnlyList<string> InputItems { get; init; }

    /// <summary>What the baseline is.</summary>
    public required string Background { get; init; }

    /// <summary>Where the values are; absent with H3 cells.</summary>
    public ClimateGridSpec? Grid { get; init; }

    /// <summary>The H3 cells of the last dimension.</summary>
    public IReadOnlyList<string>? Cells { get; init; }

    /// <summary>What happened, in words with numbers and sources; with narratives.</summary>
    public string? Narrative { get; init; }

    /// <summary>What makes these numbers again.</summary>
    public required FrameRecipe Recipe { get; init; }
}
