namespace RealtimeHub.Protocol.Climate;

/// <summary>What <c>stream</c> may say in climate requests.</summary>
public static class ClimateStreams
{
    /// <summary>Fields of variables.</summary>
    public const string Fields = "climate.fields";

    /// <summary>Hazard drivers.</summary>
    public const string Drivers = "climate.drivers";

    /// <summary>Explanations.</summary>
    public const string Xai = "climate.xai.spatial";

    /// <summary>Map tiles.</summary>
    public const string Tiles = "climate.tiles";
}
