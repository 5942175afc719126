using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>What a hub method's attributes say, read once. Immutable.</summary>
internal sealed record CallRules
{
    private static readonly ConcurrentDictionary<MethodInfo, CallRules> Known = new();

    /// <summary>The scope; null if the method declares none, and so cannot be called.</summary>
    public string? Scope { get; private init; }

    public string? Cost { get; private init; }

    public Type? Policy { get; private init; }

    public ReadsChannelAttribute? Channel { get; private init; }

    /// <summary>Whether it answers with a stream.</summary>
    public bool IsStream { get; private init; }

    /// <summary>Whether it makes a subscription, so that room is checked before anything about the channel.</summary>
    public bool IsSubscribe { get; private init; }

    /// <summary>Whether it is what the guarded protocol makes of a bad message.</summary>
    public bool IsInternal { get; private init; }

    /// <summary>The request of a call; null if it has none.</summary>
    public static object? RequestOf(HubInvocationContext call) => call.HubMethodArguments is [var request, ..] ? request : null;

    public static CallRules Of(MethodInfo method) => Known.GetOrAdd(method, Read);

    private static CallRules Read(MethodInfo method)
    {
        var channel = method.GetCustomAttribute<ReadsChannelAttribute>();
        if (channel?.Member is { } member && method.GetParameters()[0].ParameterType.GetProperty(member)?.PropertyType != typeof(string))
        {
            throw new InvalidOperationException($"{method.DeclaringType?.Name}.{method.Name} reads the channel of {member}, which its request does not have as a text.");
        }

        return new CallRules
        {
            Scope = method.GetCustomAttribute<RequiresScopeAttribute>()?.Scope,
            Cost = method.GetCustomAttribute<CostsAttribute>()?.What,
            Policy = method.GetCustomAttribute<AppliesPolicyAttribute>()?.Policy,
            Channel = channel,
            IsStream = method.ReturnType == typeof(IAsyncEnumerable<StreamItem>),
            IsSubscribe = method.ReturnType == typeof(Task<SubscribeResult>) && channel?.Family != ReadsChannelAttribute.OfSubscription,
            IsInternal = method.Name == "Refused",
        };
    }
}
