using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs;

/// <summary>Decides about calls by what they ask for. One that fails with an exception denies. Thread-safe.</summary>
internal interface ICallPolicy
{
    /// <summary>Why the call is denied; null if it may go on.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="method">The hub method.</param>
    /// <param name="request">Its request.</param>
    /// <param name="cancellationToken">The connection's end.</param>
    ValueTask<ProtocolError?> DecideAsync(Principal principal, string method, object? request, CancellationToken cancellationToken);
}
