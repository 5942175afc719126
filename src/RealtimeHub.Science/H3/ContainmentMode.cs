namespace RealtimeHub.Science.H3;

/// <summary>Which cells belong to a polygon.</summary>
public enum ContainmentMode
{
    /// <summary>
    /// Those whose centre lies inside. Polygons side by side share no cell, but a small polygon may have none: never use
    /// this to decide what to conceal.
    /// </summary>
    Center,

    /// <summary>Those of which any part lies inside, so that the cells cover the polygon.</summary>
    Overlapping,
}
