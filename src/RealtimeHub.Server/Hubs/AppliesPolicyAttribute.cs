namespace RealtimeHub.Server.Hubs;

/// <summary>The policy that decides about calls of a hub method, after everything else has let them through.</summary>
/// <param name="policy">The registered service, an <see cref="ICallPolicy"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AppliesPolicyAttribute(Type policy) : Attribute
{
    public Type Policy { get; } = policy;
}
