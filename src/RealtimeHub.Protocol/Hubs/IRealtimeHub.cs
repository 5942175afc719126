using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What every hub can be asked.</summary>
public interface IRealtimeHub
{
    /// <summary>Ends a subscription.</summary>
    Task<UnsubscribeResult> Unsubscribe(UnsubscribeRequest request);

    /// <summary>Sets a subscription back to a position.</summary>
    Task<SubscribeResult> Resync(ResyncRequest request);

    /// <summary>Acknowledges frames, one by one.</summary>
    Task<AckResult> Ack(AckRequest request);

    /// <summary>Asks whether the server is there.</summary>
    Task<PingResult> Ping();

    /// <summary>Replaces the connection's credential by a newer one of the same user.</summary>
    Task<RefreshCredentialResult> RefreshCredential(RefreshCredentialRequest request);
}
