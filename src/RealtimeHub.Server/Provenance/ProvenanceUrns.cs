namespace RealtimeHub.Server.Provenance;

/// <summary>The names in lineage records.</summary>
internal static class ProvenanceUrns
{
    public const string ClimateAgent = "urn:kfm:service:climate-ws-api";
    public const string StreamAgent = "urn:kfm:service:climate-stream";
    public const string XaiAgent = "urn:kfm:service:climate-xai-engine";

    private const string ActivityPrefix = "urn:kfm:activity:";

    /// <summary>Making a frame of fields or drivers. Equal content has an equal digest, and so an equal name.</summary>
    public static string Inference(string digest) => $"{ActivityPrefix}ws:infer:{digest}";

    /// <summary>Making an explanation.</summary>
    public static string Explanation(string digest) => $"{ActivityPrefix}ws:xai:{digest}";

    /// <summary>One connection's session.</summary>
    public static string Session(string id) => $"{ActivityPrefix}stream:{id}";

    public static string StacItem(string id) => "urn:kfm:data:stac:" + id;

    public static string Source(string store) => "urn:kfm:data:source:" + store;

    public static string Model(string version) => "urn:kfm:model:" + version;

    public static bool IsActivity(string text) => text.StartsWith(ActivityPrefix, StringComparison.Ordinal) && text.Length <= 200;
}
