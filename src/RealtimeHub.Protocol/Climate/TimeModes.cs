namespace RealtimeHub.Protocol.Climate;

/// <summary>What <c>time_mode</c> may say in climate requests.</summary>
public static class TimeModes
{
    /// <summary>As the data clock goes on.</summary>
    public const string Realtime = "realtime";

    /// <summary>From a time on, at a pace.</summary>
    public const string Historical = "historical";

    /// <summary>Ahead of the data clock.</summary>
    public const string Forecast = "forecast";

    /// <summary>Every mode.</summary>
    public static IReadOnlyList<string> All { get; } = [Realtime, Historical, Forecast];
}
