namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>One content of a run's frames: all who ask for the same read one channel.</summary>
/// <param name="Kind">The type of its frames.</param>
/// <param name="Every">Every how many steps there is a frame.</param>
/// <param name="Features">The features it has, in order; null for all that every frame has.</param>
/// <param name="Encoding">How the field is sent; null for not at all.</param>
internal sealed record ViewPlan(string Kind, int Every, IReadOnlyList<string>? Features, string? Encoding)
{
    /// <summary>Whether features are asked for that need every step to be looked at.</summary>
    public required bool NeedsMorphology { get; init; }

    /// <summary>The part of the channel's name that stands for it; null for what the run's own channel has.</summary>
    public required string? Name { get; init; }
}
