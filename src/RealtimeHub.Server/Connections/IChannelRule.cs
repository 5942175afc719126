using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Connections;

/// <summary>What else than a scope some families of channels ask for. One that fails with an exception denies.</summary>
internal interface IChannelRule
{
    /// <summary>The families it is for.</summary>
    IReadOnlyList<string> Families { get; }

    /// <summary>Why a principal may not read a channel; null if it may.</summary>
    ValueTask<ProtocolError?> ReadAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken);

    /// <summary>Why a principal may not publish to a channel; null if it may.</summary>
    ValueTask<ProtocolError?> WriteAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken);
}
