namespace RealtimeHub.Protocol.Climate;

/// <summary>An H3 cell of which only the mean is shown.</summary>
/// <param name="Cell">The cell's index.</param>
/// <param name="Resolution">Its resolution.</param>
/// <param name="Reason">The rule, as a sentence.</param>
/// <param name="Boundary">Its corners in order, each longitude and latitude.</param>
/// <param name="Points">How many points of the source the mean is made of.</param>
public sealed record CareMapCell(string Cell, int Resolution, string Reason, IReadOnlyList<IReadOnlyList<double>> Boundary, int Points);
