namespace RealtimeHub.Protocol.Climate;

/// <summary>One level of a focus: what a viewer shows at it.</summary>
/// <param name="Context">Its name: <c>region</c>, <c>time</c>, <c>fields</c>, <c>drivers</c> or <c>policy</c>.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="Layers">The layers that belong to it.</param>
public sealed record FocusContext(string Context, string Summary, IReadOnlyList<string> Layers);
