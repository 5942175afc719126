namespace RealtimeHub.Protocol.Requests;

/// <summary>A condition on a frame's tags: either a combination (<see cref="And"/>, <see cref="Or"/>, <see cref="Not"/>) or one comparison.</summary>
/// <remarks>At most 8 levels, 64 nodes, 64 values per node and 200 characters per value. No regular expressions.</remarks>
public sealed record TagFilter
{
    /// <summary>All of these hold.</summary>
    public IReadOnlyList<TagFilter>? And { get; init; }

    /// <summary>At least one of these holds.</summary>
    public IReadOnlyList<TagFilter>? Or { get; init; }

    /// <summary>This does not hold.</summary>
    public TagFilter? Not { get; init; }

    /// <summary>The tag that is compared.</summary>
    public string? Tag { get; init; }

    /// <summary>The comparison: <c>eq neq in nin ex nex sw ew ct gt gte lt lte</c>.</summary>
    public string? Op { get; init; }

    /// <summary>What it is compared with; a number in text form for <c>gt gte lt lte</c>.</summary>
    public string? Value { get; init; }

    /// <summary>What it is compared with, for <c>in</c> and <c>nin</c>.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
