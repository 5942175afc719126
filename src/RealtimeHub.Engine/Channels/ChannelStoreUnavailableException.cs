namespace RealtimeHub.Engine.Channels;

/// <summary>The store of channels cannot be reached: nothing was accepted that could be lost. Trying again later makes sense.</summary>
public sealed class ChannelStoreUnavailableException : Exception
{
    /// <summary>Says what was in vain.</summary>
    public ChannelStoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
