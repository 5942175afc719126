namespace RealtimeHub.Protocol.Governance;

/// <summary>For whom content is, as <see cref="Care.Scope"/> says it.</summary>
public static class CareScopes
{
    /// <summary>For everybody, as it is.</summary>
    public const string PublicStream = "public-stream";

    /// <summary>For everybody, because it was generalised or partly withheld.</summary>
    public const string PublicGeneralized = "public-generalized";

    /// <summary>Only for those whom the policy exempts from a rule that applies here.</summary>
    public const string Restricted = "restricted";
}
