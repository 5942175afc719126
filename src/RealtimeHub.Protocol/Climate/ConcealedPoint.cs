namespace RealtimeHub.Protocol.Climate;

/// <summary>A point of the source's grid of which nothing is shown.</summary>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Reason">The rule, as a sentence.</param>
public sealed record ConcealedPoint(double Longitude, double Latitude, string Reason);
