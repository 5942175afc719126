using RealtimeHub.Protocol.Governance;

namespace RealtimeHub.Protocol.Climate;

/// <summary>What the frames of a box say, for a story: numbers and their sources, no speculation.</summary>
public sealed record StoryNode
{
    /// <summary>A title of place and time.</summary>
    public required string Title { get; init; }

    /// <summary>Sentences with numbers, from a template.</summary>
    public required string Narrative { get; init; }

    /// <summary>What the sentences are about: the source, the model, the variables.</summary>
    public required IReadOnlyList<string> Entities { get; init; }

    /// <summary>The layers that a map should show.</summary>
    public required IReadOnlyList<string> FocusLayers { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset FocusTime { get; init; }

    /// <summary>Longitude and latitude of the middle.</summary>
    public required IReadOnlyList<double> FocusCenter { get; init; }

    /// <summary>The box and the grid.</summary>
    public required GeospatialContext GeospatialContext { get; init; }

    /// <summary>Means of drivers over what is shown of the box, by name.</summary>
    public required IReadOnlyDictionary<string, ClimateField> ClimateDrivers { get; init; }

    /// <summary>What the drivers say by fixed thresholds; no forecast and no warning.</summary>
    public required IReadOnlyList<string> HazardContext { get; init; }

    /// <summary>Whether something of the box is concealed or generalised.</summary>
    public required bool SovereigntyMasked { get; init; }

    /// <summary>The recipes of the frames that it was made from.</summary>
    public required IReadOnlyList<FrameRecipe> Recipes { get; init; }

    /// <summary>What the policy did.</summary>
    public required Care Care { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Provenance Prov { get; init; }

    /// <summary>By what the numbers can be verified: the checksum of the frames' checksums.</summary>
    public required Checksums Checksums { get; init; }

    /// <summary>Where it is catalogued.</summary>
    public required StacReferences Stac { get; init; }
}
