using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Auth;

/// <summary>Why a request has no principal; a feature of the request.</summary>
internal sealed record CredentialRefusal(ErrorCode Error)
{
    /// <summary>The refusal of a request without a principal.</summary>
    public static ErrorCode Of(HttpContext context) => context.Features.Get<CredentialRefusal>()?.Error ?? ErrorCodes.AuthRequired;
}
