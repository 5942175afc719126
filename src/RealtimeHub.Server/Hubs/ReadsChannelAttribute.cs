namespace RealtimeHub.Server.Hubs;

/// <summary>Which channel a hub method reads, so that the caller's right to it is checked before the method runs.</summary>
/// <remarks>A method whose channel only its own code can name (a derived channel) checks that itself and has none of these.</remarks>
/// <param name="family">The family; with a member its id is the member's value, without one it is the whole name.</param>
/// <param name="member">The member of the request that holds the id, or without a family the whole name.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsChannelAttribute(string? family, string? member = null) : Attribute
{
    /// <summary>The channel is that of a subscription that the request names by <c>Id</c> or <c>Channel</c>.</summary>
    public const string OfSubscription = "$subscription";

    public string? Family { get; } = family;

    public string? Member { get; } = member;
}
