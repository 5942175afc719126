using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>Third: the members of the request that could not be read. What they mean is the method's own business. Thread-safe.</summary>
internal sealed class ValidationFilter : RefusingFilter
{
    protected override ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules)
    {
        foreach (var argument in call.HubMethodArguments)
        {
            if (argument is null)
            {
                return Refusal(ErrorCodes.InvalidRequest.With(
                    $"{call.HubMethodName} needs a request, an object.", new FieldError("request", "The request is missing.", "null", "an object")));
            }

            if (argument is HubRequest { BindingErrors: { Count: > 0 } errors })
            {
                return Refusal(ErrorCodes.InvalidRequest.With(
                    $"{errors.Count} member(s) of the request could not be read; the first: {errors[0].Field}: {errors[0].Message}", errors));
            }
        }

        return ValueTask.FromResult<ProtocolError?>(null);
    }

    private static ValueTask<ProtocolError?> Refusal(ProtocolError error) => ValueTask.FromResult<ProtocolError?>(error);
}
