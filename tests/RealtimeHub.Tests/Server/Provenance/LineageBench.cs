using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;

namespace RealtimeHub.Tests.Server.Provenance;

/// <summary>Makes records as a publisher would.</summary>
internal static class LineageBench
{
    public static readonly DateTimeOffset Time = new(2005, 8, 7, 12, 0, 0, TimeSpan.Zero);

    public static ActivityRecord Activity(CareRequest request, CareDecision decision, string digest = "abcd") => new()
    {
        Id = request.Kind is CareKind.Xai ? ProvenanceUrns.Explanation(digest) : ProvenanceUrns.Inference(digest),
        Agent = request.Kind is CareKind.Xai ? ProvenanceUrns.XaiAgent : ProvenanceUrns.ClimateAgent,
        Subject = new GovernedSubject(request, decision),
        Used = [ProvenanceUrns.Source("kansas-ruc13-20050807"), ProvenanceUrns.Model("kfm-climate-v11.2.2"), decision.PolicyUrn],
        Generated = [ProvenanceUrns.StacItem("item-" + digest)],
        StartedAt = Time,
        EndedAt = Time.AddMilliseconds(87),
        Multihash = Checksums.Of("content"u8).Multihash,
        Seed = 42,
        ModelVersion = "kfm-climate-v11.2.2",
        XaiMethod = request.Kind is CareKind.Xai ? "shap" : null,
        Recipe = JsonPayload.FromValidUtf8("""{"variables":["t2m"],"seed":42}"""u8.ToArray()),
        Notes = ["Replayed: the data are of 2005-08-07."],
    };

    public static StacItemRecord Item(ActivityRecord activity, StacContent content = StacContent.Fields) => new()
    {
        Id = activity.Generated[0][ProvenanceUrns.StacItem("").Length..],
        Activity = activity,
        Time = Time,
        Content = content,
        Names = activity.Subject.Request.Variables,
        InputItems = ["kansas-ruc13-20050807"],
        VerticalAxis = "height_agl",
        ExplainabilityLevel = content is StacContent.Explanation ? "spatial" : null,
        IsRealtime = true,
    };

    public static JsonElement Parse(System.Text.Json.Nodes.JsonNode node) => JsonSerializer.SerializeToElement(node);
}
