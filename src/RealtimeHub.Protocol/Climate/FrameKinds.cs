namespace RealtimeHub.Protocol.Climate;

/// <summary>What a recipe makes.</summary>
public static class FrameKinds
{
    /// <summary>Fields of variables.</summary>
    public const string Fields = "fields";

    /// <summary>Fields of hazard drivers.</summary>
    public const string Drivers = "drivers";

    /// <summary>An explanation.</summary>
    public const string Xai = "xai";

    /// <summary>A map tile.</summary>
    public const string Tile = "tile";
}
