using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Server.Provenance;

/// <summary>One activity that made something: a frame, an explanation, a session. Immutable.</summary>
internal sealed record ActivityRecord
{
    /// <summary>Its URN, from <see cref="ProvenanceUrns"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The service that answers for it.</summary>
    public required string Agent { get; init; }

    /// <summary>What it is about, for the decision on who may read of it.</summary>
    public required GovernedSubject Subject { get; init; }

    /// <summary>The URNs of the source data, the model and the policy that it used.</summary>
    public required IReadOnlyList<string> Used { get; init; }

    /// <summary>The URNs of what it made, the STAC items first.</summary>
    public required IReadOnlyList<string> Generated { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The sha2-256 multihash of what it made.</summary>
    public required string Multihash { get; init; }

    public long? Seed { get; init; }

    public string? ModelVersion { get; init; }

    /// <summary>The method of an explanation.</summary>
    public string? XaiMethod { get; init; }

    /// <summary>Everything that it takes to make the same again; what verifying recomputes.</summary>
    public JsonPayload Recipe { get; init; }

    /// <summary>Sentences such as the original date of replayed data.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The session that it was part of, where there is one.</summary>
    public string? Session { get; init; }
}
