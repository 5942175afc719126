using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.Hubs;

/// <summary>What every hub can be asked.</summary>
internal abstract class ChannelHub<TClient>(SubscriptionService subscriptions, TimeProvider clock) : Hub<TClient>, IRealtimeHub
    where TClient : class, IRealtimeClient
{
    private const int MaxSequences = 1_000;

    protected SubscriptionService Subscriptions { get; } = subscriptions;

    protected Principal Principal => PrincipalFeature.Of(Context);

    [RequiresScope(RequiresScopeAttribute.None)]
    public Task<UnsubscribeResult> Unsubscribe(UnsubscribeRequest request)
    {
        if (request.Id is null)
        {
            return Task.FromResult(new UnsubscribeResult { Error = Missing("id", "The id of the subscription is missing.") });
        }

        return Task.FromResult(new UnsubscribeResult { Removed = Subscriptions.Unsubscribe(Context, request.Id) });
    }

    [RequiresScope(RequiresScopeAttribute.None)]
    [ReadsChannel(ReadsChannelAttribute.OfSubscription)]
    public Task<SubscribeResult> Resync(ResyncRequest request)
    {
        var errors = new List<FieldError>();
        if (request.Id is null && request.Channel is null)
        {
            errors.Add(new FieldError("id", "The id of the subscription, or its channel, is missing."));
        }

        if (request.From is null)
        {
            errors.Add(new FieldError("from", "The position to go back to is missing.", null, "{epoch, sequence}"));
        }

        SubscribePlanner.CheckPosition("from", request.From, errors);
        return Task.FromResult(errors.Count > 0
            ? new SubscribeResult { Error = ErrorCodes.InvalidRequest.With(errors[0].Message, errors) }
            : Subscriptions.Resync(Context, request.Id, request.Channel, request.From!.Value));
    }

    [RequiresScope(RequiresScopeAttribute.None)]
    public Task<AckResult> Ack(AckRequest request)
    {
        if (request.Channel is null)
        {
            return Task.FromResult(new AckResult { Error = Missing("channel", "The channel is missing.") });
        }

        if (request.Sequences is not { Count: > 0 and <= MaxSequences } sequences)
        {
            var count = (request.Sequences?.Count ?? 0).ToString(CultureInfo.InvariantCulture);
            return Task.FromResult(new AckResult
            {
                Error = ErrorCodes.InvalidRequest.With(
                    "The list of sequences is missing, empty or too long.",
                    new FieldError("sequences", "There are no sequences, or too many.", count, $"1..{MaxSequences}")),
            });
        }

        return Task.FromResult(Subscriptions.Acknowledge(Context, request.Channel, request.Epoch, sequences));
    }

    [RequiresScope(RequiresScopeAttribute.None)]
    public Task<PingResult> Ping() => Task.FromResult(new PingResult("pong", clock.GetUtcNow()));

    [RequiresScope(RequiresScopeAttribute.None)]
    public Task<RefreshCredentialResult> RefreshCredential(RefreshCredentialRequest request)
    {
        var connection = Context.Features.Get<LiveConnection>()!;
        return connection.Credentials.RefreshAsync(connection, request, Context.ConnectionAborted);
    }

    /// <summary>What the guarded protocol turns a bad message into a call of.</summary>
    [HubMethodName("$refused")]
    [RequiresScope(RequiresScopeAttribute.None)]
    public Task Refused(string code, string why)
    {
        Context.Close(CloseReasons.All.FirstOrDefault(r => r.Code == code) ?? CloseReasons.InvalidFrame, why);
        return Task.CompletedTask;
    }

    /// <summary>Subscribes to a channel of this hub, joining the group of the channel's name.</summary>
    protected async Task<SubscribeResult> SubscribeAsync(
        SubscribeRequest request, ChannelName channel, Func<SubscribePlan, List<FieldError>, SubscribePlan>? complete = null)
    {
        if (Subscriptions.CheckRoom(Context, channel) is { } full)
        {
            return new SubscribeResult { Error = full };
        }

        var errors = new List<FieldError>();
        var plan = SubscribePlanner.Plan(request, channel, errors);
        plan = complete?.Invoke(plan, errors) ?? plan;
        if (errors.Count > 0)
        {
            return new SubscribeResult { Error = ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors) };
        }

        var result = await Subscriptions.SubscribeAsync(Context, plan);
        if (result.Error is null)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, channel.Value);
        }

        return result;
    }

    protected static ProtocolError Missing(string field, string message) => ErrorCodes.InvalidRequest.With(message, new FieldError(field, message));
}
