using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Client.Connections;

/// <summary>The server refused a request.</summary>
/// <param name="error">Why, as the server said it.</param>
public sealed class ProtocolErrorException(ProtocolError error) : Exception(error.Message)
{
    /// <summary>Why. Decide by its code, never by its message.</summary>
    public ProtocolError Error { get; } = error;

    internal static void ThrowIf(ProtocolError? error)
    {
        if (error is not null)
        {
            throw new ProtocolErrorException(error);
        }
    }
}
