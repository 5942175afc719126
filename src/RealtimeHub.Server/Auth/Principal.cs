namespace RealtimeHub.Server.Auth;

/// <summary>Who a connection was authenticated as. Immutable.</summary>
/// <param name="Id">Identifies the user or service.</param>
/// <param name="Team">Its team, if any.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Scopes">What it may do: names such as <c>events:read</c>, <c>events:*</c> or <c>*</c>.</param>
/// <param name="RateClass">Which limits apply to it.</param>
public sealed record Principal(string Id, string? Team, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string RateClass)
{
    /// <summary>Whether it may do what a scope names.</summary>
    public bool Has(string scope)
    {
        foreach (var held in Scopes)
        {
            if (held == "*" || held == scope || (held.EndsWith(":*", StringComparison.Ordinal) && scope.AsSpan().StartsWith(held.AsSpan(0, held.Length - 1))))
            {
                return true;
            }
        }

        return false;
    }
}
