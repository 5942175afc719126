using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Cursors;

/// <summary>The wire names of the policies.</summary>
public static class SlowConsumerPolicyNames
{
    private static readonly string[] Names =
    [
        SlowConsumerPolicies.DropOldest, SlowConsumerPolicies.DropNewest, SlowConsumerPolicies.Compress,
        SlowConsumerPolicies.Conflate, SlowConsumerPolicies.Disconnect, SlowConsumerPolicies.Coarsen, SlowConsumerPolicies.Lossless,
    ];

    /// <summary>The wire name of a policy.</summary>
    public static string ToWireName(this SlowConsumerPolicy policy) => Names[(int)policy];

    /// <summary>Finds the policy with a wire name.</summary>
    public static bool TryParse(string name, out SlowConsumerPolicy policy)
    {
        var index = Array.IndexOf(Names, name);
        policy = (SlowConsumerPolicy)Math.Max(index, 0);
        return index >= 0;
    }
}
