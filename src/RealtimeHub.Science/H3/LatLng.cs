namespace RealtimeHub.Science.H3;

/// <summary>A point on the sphere in degrees, WGS 84.</summary>
/// <remarks>Latitude first, unlike GeoJSON. Longitudes that are computed here lie from −180 to 180.</remarks>
/// <param name="LatitudeDegrees">From −90 at the south pole to 90 at the north pole.</param>
/// <param name="LongitudeDegrees">East positive.</param>
public readonly record struct LatLng(double LatitudeDegrees, double LongitudeDegrees);
