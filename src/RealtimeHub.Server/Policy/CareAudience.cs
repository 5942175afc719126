using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy;

/// <summary>A sort of reader, as far as the policy tells readers apart: by whose land they speak for.</summary>
/// <param name="Authority">The authority whose areas are no secret to it; null for everybody else.</param>
internal readonly record struct CareAudience(string? Authority)
{
    public bool IsExemptFrom(ProtectedArea area) => Authority is not null && string.Equals(Authority, area.Authority, StringComparison.OrdinalIgnoreCase);

    public static CareAudience Of(Principal principal, PolicyDocument policy) =>
        principal.Roles.Contains(CareRoles.Sovereign)
        && principal.Team is { } team
        && policy.Areas.FirstOrDefault(a => string.Equals(a.Authority, team, StringComparison.OrdinalIgnoreCase)) is { } own
            ? new CareAudience(own.Authority)
            : default;
}
