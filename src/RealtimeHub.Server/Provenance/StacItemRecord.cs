namespace RealtimeHub.Server.Provenance;

/// <summary>What the catalogue says of one frame. Its footprint, care and lineage members follow from the activity. Immutable.</summary>
internal sealed record StacItemRecord
{
    /// <summary>The id, letters, digits and <c>. _ -</c>; frames name it in <c>stac.items</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The activity that made what it describes; recorded before.</summary>
    public required ActivityRecord Activity { get; init; }

    /// <summary>The time that the values are for.</summary>
    public required DateTimeOffset Time { get; init; }

    public required StacContent Content { get; init; }

    /// <summary>The names of variables; of drivers where the content is drivers.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The items or sources that the model was fed with.</summary>
    public required IReadOnlyList<string> InputItems { get; init; }

    /// <summary><c>pressure_level</c>, <c>height_agl</c> and so on; null for surface fields.</summary>
    public string? VerticalAxis { get; init; }

    /// <summary>Where the frame can be had, if it can (a path of this server).</summary>
    public string? Href { get; init; }

    /// <summary>The level of an explanation: <c>local</c>, <c>spatial</c> or <c>narrative</c>.</summary>
    public string? ExplainabilityLevel { get; init; }

    /// <summary>Whether the frame is of this moment, so that the item is ephemeral.</summary>
    public bool IsRealtime { get; init; }
}
