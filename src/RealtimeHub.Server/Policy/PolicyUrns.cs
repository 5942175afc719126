namespace RealtimeHub.Server.Policy;

/// <summary>The names of policies, decisions and the service that takes them, in lineage records.</summary>
internal static class PolicyUrns
{
    public const string Agent = "urn:kfm:service:care-governance";

    public static string Policy(string id) => "urn:kfm:policy:" + id.ToLowerInvariant();

    /// <summary>The policy file by its digest.</summary>
    public static string File(string version) => "urn:kfm:policy:file:" + version;

    public static string Decision(string digest) => "urn:kfm:care:decision:" + digest;
}
