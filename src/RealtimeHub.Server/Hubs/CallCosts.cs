namespace RealtimeHub.Server.Hubs;

/// <summary>What calls can cost beside themselves.</summary>
internal static class CallCosts
{
    /// <summary>One explanation of the principal's share per minute.</summary>
    public const string Explanation = "explanation";
}
