namespace RealtimeHub.Engine.Cursors;

/// <summary>Why a subscription ended, beside the error codes.</summary>
public static class EndReasons
{
    /// <summary>The channel has ended.</summary>
    public const string Completed = "completed";
}
