namespace RealtimeHub.Server.Policy.Areas;

/// <summary>What an area's rule says. Later ones are stronger.</summary>
internal enum ProtectionRule
{
    Generalize,
    Deny,
}
