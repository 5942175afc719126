namespace RealtimeHub.Protocol.Climate;

/// <summary>Where the values of a variable come from. Nothing modelled is presented as the source's own.</summary>
public static class ValueOrigins
{
    /// <summary>The source's own values at this time.</summary>
    public const string Source = "source";

    /// <summary>Predicted by the model from the analysis time, or computed from what was.</summary>
    public const string Model = "model";

    /// <summary>The source's values of the analysis time, not of this time: nothing predicts this variable.</summary>
    public const string Held = "held";
}
