using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Explaining;

/// <summary>Everything that can be told of a frame: what was decided on it, what it came from, and why it says what it says.</summary>
internal sealed record FrameExplanation
{
    /// <summary>The frame itself; null when only its activity was given.</summary>
    public FrameEnvelope? Frame { get; init; }

    /// <summary>What the policy did to it.</summary>
    public Care? Policy { get; init; }

    /// <summary>The decision, as the lineage has it.</summary>
    public JsonElement? Decision { get; init; }

    /// <summary>The activity that made it, as PROV-O.</summary>
    public JsonElement? Lineage { get; init; }

    /// <summary>What it was made of.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Its items in the catalogue.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What each feature contributes.</summary>
    public XaiAttribution? Attribution { get; init; }

    /// <summary>The attribution in sentences.</summary>
    public string? Narrative { get; init; }

    /// <summary>What the attribution is of.</summary>
    public string? AttributionOf { get; init; }

    /// <summary>Of a simulation: what the same bits can be computed from.</summary>
    public RunRecipe? Run { get; init; }

    /// <summary>Whether the numbers are those that the checksum is of; null when there are none.</summary>
    public bool? Intact { get; init; }

    /// <summary>What could not be told, and why.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
