namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>How long a test waits for what must happen.</summary>
public static class Limits
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);
}
