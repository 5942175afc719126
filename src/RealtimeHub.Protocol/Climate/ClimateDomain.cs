using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Climate;

/// <summary>Where: a box, a point or a tile.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClimateDomain
{
    /// <summary>The coordinate reference system; <c>EPSG:4326</c>, degrees, longitude first.</summary>
    public string? Crs { get; init; }

    /// <summary>West, south, east, north.</summary>
    public IReadOnlyList<double>? Bbox { get; init; }

    /// <summary>Longitude and latitude, for explanations of one place.</summary>
    public IReadOnlyList<double>? Point { get; init; }

    /// <summary>A tile <c>z/x/y</c>, for explanations; y counts from the north.</summary>
    public string? Tile { get; init; }

    /// <summary>What levels are counted in: <c>pressure_level</c> or <c>height_agl</c>; for drivers also <c>pressure</c> and <c>model_level</c>.</summary>
    public string? Vertical { get; init; }

    /// <summary>The levels: hPa with <c>pressure_level</c>, metres above ground with <c>height_agl</c>.</summary>
    public IReadOnlyList<double>? Levels { get; init; }
}
