using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>Fourth: whether the caller may read the channel that the method's attribute names; room for one more subscription is looked at before. Thread-safe.</summary>
internal sealed class ChannelAuthorizationFilter(ChannelAuthorizer channels, SubscriptionService subscriptions) : RefusingFilter
{
    /// <summary>The channel that a call's request names, as far as the method's attribute tells.</summary>
    public static string? NameIn(HubInvocationContext call)
    {
        if (CallRules.Of(call.HubMethod).Channel is not { } reads || reads.Family == ReadsChannelAttribute.OfSubscription)
        {
            return null;
        }

        if (reads.Member is null)
        {
            return reads.Family;
        }

        var value = Member(call, reads.Member)?.Trim();
        return value is null || reads.Family is null ? value : $"{reads.Family}:{value}";
    }

    protected override async ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules)
    {
        if (rules.Channel is not { } reads)
        {
            return null;
        }

        var text = reads.Family == ReadsChannelAttribute.OfSubscription
            ? subscriptions.ChannelOf(call.Context, Member(call, "Id"), Member(call, "Channel"))
            : NameIn(call);

        // What is no name, or no subscription, reads nothing; the method says what is wrong with it.
        if (!ChannelName.TryParse(Trim(text), out var channel, out _))
        {
            return null;
        }

        return (rules.IsSubscribe ? subscriptions.CheckRoom(call.Context, channel) : null)
            ?? await channels.AuthorizeAsync(PrincipalFeature.Of(call.Context), channel, call.Context.ConnectionAborted);
    }

    // Names are trimmed before anything else, part by part.
    private static string? Trim(string? text) => text is null ? null : string.Join(':', text.Split(':').Select(p => p.Trim()));

    private static string? Member(HubInvocationContext call, string name) =>
        CallRules.RequestOf(call) is { } request ? request.GetType().GetProperty(name)?.GetValue(request) as string : null;
}
