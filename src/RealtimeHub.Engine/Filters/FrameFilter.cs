using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Filters;

/// <summary>Which frames a subscription wants: any of some type patterns, and a condition on tags. Immutable; no allocation when matching.</summary>
/// <param name="Patterns">Patterns of types, of which one must match; null for all types, empty for none.</param>
/// <param name="Tags">The condition on tags; null for none.</param>
public sealed record FrameFilter(IReadOnlyList<EventPattern>? Patterns, TagCondition? Tags)
{
    // An array, so that matching does not allocate an enumerator.
    private readonly EventPattern[]? _patterns = Patterns is null || Patterns.Any(p => p.MatchesAll) ? null : [.. Patterns];

    /// <summary>Whether a frame is wanted.</summary>
    public bool Matches(Frame frame) =>
        frame.Envelope is not { } envelope || (MatchesType(envelope.Type) && (Tags?.Matches(envelope.Tags) ?? true));

    private bool MatchesType(string type)
    {
        if (_patterns is null)
        {
            return true;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(type))
            {
                return true;
            }
        }

        return false;
    }
}
