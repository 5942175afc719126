using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Simulation;

/// <summary>How a viewer wants to see a run. Everything but <see cref="UpdateIntervalMs"/> is content and shared with all who ask for the same.</summary>
public abstract record ViewRequest : SubscribeRequest
{
    /// <summary>The time between two frames, 10 to 10,000 ms; steps in between are skipped. Default 100 for streams of features, else every step.</summary>
    public int? UpdateIntervalMs { get; init; }

    /// <summary>Every how many steps there is a frame, 1 to 100; the last step always has one. Default 1.</summary>
    public int? UpdateIntervalSteps { get; init; }

    /// <summary>Names of features; none or an empty list for all that every frame has.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Whether frames carry the field. Default false.</summary>
    public bool? IncludeFullState { get; init; }

    /// <summary>How the field is sent, from <see cref="FieldEncodings"/>. Default <c>float32</c>; above 512 cells per side it must be quantised.</summary>
    public string? Encoding { get; init; }

    /// <summary>Documented, and without effect: frames are not compressed one by one.</summary>
    public bool? Compression { get; init; }
}
