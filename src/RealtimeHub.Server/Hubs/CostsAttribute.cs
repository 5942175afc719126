namespace RealtimeHub.Server.Hubs;

/// <summary>What a call of a hub method takes from its caller beside one call.</summary>
/// <param name="what">From <see cref="CallCosts"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CostsAttribute(string what) : Attribute
{
    public string What { get; } = what;
}
