namespace RealtimeHub.Server.Auth;

/// <summary>Who a connection was authenticated as. Immutable.</summary>
/// <param name="Id">Identifies the user or service.</param>
/// <param name="Team">Its team, if any.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Scopes">What it may do: names such as <c>events:read</c>, <c>events:*</c> or <c>*</c>.</param>
/// <param name="RateClass">Which limits apply to it.</param>
public sealed record Principal(string Id, string? Team, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string RateClass)
{
    private const string Prefix = "scope:";

    /// <summary>Whether it may do what a scope names.</summary>
    public bool Has(string scope)
    {
        foreach (var given in Scopes)
        {
            // The climate system spells its scopes with a word in front; they mean the same.
            var held = given.StartsWith(Prefix, StringComparison.Ordinal) ? given[Prefix.Length..] : given;
            if (held == "*" || held == scope || (held.EndsWith(":*", StringComparison.Ordinal) && scope.AsSpan().StartsWith(held.AsSpan(0, held.Length - 1))))
            {
                return true;
            }
        }

        return false;
    }
}
