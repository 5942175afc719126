using RealtimeHub.Science.H3;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>The points of one H3 cell, which show their mean. Immutable.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Points">All its points in the source's grid that are not concealed, ascending.</param>
internal sealed record MaskGroup(H3Index Cell, int[] Points);
