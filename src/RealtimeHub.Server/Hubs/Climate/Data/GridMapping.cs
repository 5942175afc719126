namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>The map projection of a grid as its source tells it, by CF's names; what it does not tell is null.</summary>
internal sealed record GridMapping(
    string Name,
    double? EarthRadiusMetres,
    double? OriginLatitude,
    double? CentralMeridian,
    double? StandardParallel);
