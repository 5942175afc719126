using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy;

/// <summary>Where something is asked for.</summary>
internal abstract record CarePlace
{
    private CarePlace()
    {
    }

    /// <summary>The smallest box around it.</summary>
    public abstract GeoBox Bounds { get; }

    /// <summary>A box in degrees.</summary>
    public sealed record Box(GeoBox Area) : CarePlace
    {
        public override GeoBox Bounds => Area;
    }

    /// <summary>One point.</summary>
    public sealed record Point(double Latitude, double Longitude) : CarePlace
    {
        public override GeoBox Bounds => new(Longitude, Latitude, Longitude, Latitude);
    }

    /// <summary>A tile of the Web Mercator pyramid; y counts from the north.</summary>
    public sealed record Tile(int Z, int X, int Y) : CarePlace
    {
        public override GeoBox Bounds => WebMercator.BoundsOf(Z, X, Y);
    }
}
