using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Provenance;

/// <summary>Writes lineage as JSON-LD with the terms of PROV-O (W3C Recommendation, 2013).</summary>
internal static class ProvDocument
{
    /// <summary>Our terms that PROV-O maps by itself: each names a node. The two instants stand apart.</summary>
    internal static readonly string[] References =
        ["used", "generated", "wasGeneratedBy", "wasAssociatedWith", "wasAttributedTo", "wasInfluencedBy", "wasInformedBy"];

    internal static readonly string[] Instants = ["startedAtTime", "endedAtTime"];

    public static JsonObject Of(ActivityRecord activity)
    {
        var decision = activity.Subject.Decision;
        var node = Activity(activity.Id, activity.StartedAt, activity.EndedAt);
        node["used"] = Ids(activity.Used);
        node["wasAssociatedWith"] = Node(activity.Agent, "prov:SoftwareAgent");
        node["wasInfluencedBy"] = Decision(decision, activity.Id);
        node["generated"] = new JsonArray([.. activity.Generated.Select(g => Entity(g, activity))]);
        node["kfm:multihash"] = activity.Multihash;
        Add(node, "kfm:seed", activity.Seed is { } seed ? JsonValue.Create(seed) : null);
        Add(node, "kfm:model_version", activity.ModelVersion);
        Add(node, "kfm:xai_method", activity.XaiMethod);
        Add(node, "kfm:recipe", activity.Recipe == default ? null : JsonNode.Parse(activity.Recipe.Utf8.Span));
        Add(node, "wasInformedBy", activity.Session);
        node["kfm:notes"] = new JsonArray([.. activity.Notes.Select(n => JsonValue.Create(n))]);
        return node;
    }

    public static JsonObject Of(SessionActivity session)
    {
        var node = Activity(session.Id, session.StartedAt, session.EndedAt);
        node["wasAssociatedWith"] = Node(ProvenanceUrns.StreamAgent, "prov:SoftwareAgent");
        node["kfm:activities"] = Ids(session.Parts);
        node["kfm:activity_count"] = session.PartCount;
        return node;
    }

    /// <summary>A decision that refused something.</summary>
    public static JsonObject Of(RefusalRecord refusal)
    {
        var (decision, (count, last)) = (refusal.Decision, refusal.Times);
        var node = Activity(decision.DecisionId, refusal.First, last);
        DescribeDecision(node, decision);
        node["kfm:kind"] = refusal.Kind.ToString().ToLowerInvariant();
        node["kfm:code"] = decision.Refusal?.Code;
        node["kfm:count"] = count;
        return node;
    }

    /// <summary>Sessions in short.</summary>
    public static JsonObject Of(IEnumerable<SessionActivity> sessions)
    {
        var graph = new JsonArray();
        foreach (var session in sessions)
        {
            var node = Of(session);
            node.Remove("@context");
            graph.Add(node);
        }

        return new JsonObject { ["@context"] = Context(), ["@graph"] = graph };
    }

    /// <summary>A decision by itself.</summary>
    public static JsonObject Of(CareDecision decision, string influenced)
    {
        var node = Decision(decision, influenced);
        node.Insert(0, "@context", Context());
        return node;
    }

    private static JsonObject Activity(string id, DateTimeOffset startedAt, DateTimeOffset? endedAt)
    {
        var node = new JsonObject
        {
            ["@context"] = Context(),
            ["@id"] = id,
            ["@type"] = "prov:Activity",
            ["startedAtTime"] = UtcTimestampConverter.ToText(startedAt),
        };
        Add(node, "endedAtTime", endedAt is { } end ? UtcTimestampConverter.ToText(end) : null);
        return node;
    }

    private static JsonObject Entity(string id, ActivityRecord activity)
    {
        var node = Node(id, "prov:Entity");
        node["wasGeneratedBy"] = activity.Id;
        node["wasAttributedTo"] = activity.Agent;
        node["wasInfluencedBy"] = activity.Subject.Decision.DecisionId;
        return node;
    }

    // Taking the decision is an activity of its own: it used the policy, and the governance service answers for it.
    private static JsonObject Decision(CareDecision decision, string influenced)
    {
        var node = Node(decision.DecisionId, "prov:Activity");
        DescribeDecision(node, decision);
        node["kfm:influenced"] = influenced;
        return node;
    }

    private static void DescribeDecision(JsonObject node, CareDecision decision)
    {
        node["used"] = Ids(decision.PolicyId == CareDecision.OpenPolicy
            ? [PolicyUrns.File(decision.PolicyVersion)]
            : [decision.PolicyUrn, PolicyUrns.File(decision.PolicyVersion)]);
        node["wasAssociatedWith"] = Node(PolicyUrns.Agent, "prov:SoftwareAgent");
        node["kfm:outcome"] = decision.Outcome.ToString().ToLowerInvariant();
        node["kfm:policy"] = decision.PolicyId;
        node["kfm:policy_version"] = decision.PolicyVersion;
        Add(node, "kfm:rule", decision.WinningRule);
        Add(node, "kfm:h3_resolution", decision.Resolution is { } resolution ? JsonValue.Create(resolution) : null);
    }

    private static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["prov"] = "http://www.w3.org/ns/prov#",
            ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
            ["kfm"] = "urn:kfm:terms:",
        };
        foreach (var term in References)
        {
            context[term] = new JsonObject { ["@id"] = "prov:" + term, ["@type"] = "@id" };
        }

        foreach (var term in Instants)
        {
            context[term] = new JsonObject { ["@id"] = "prov:" + term, ["@type"] = "xsd:dateTime" };
        }

        context["kfm:activities"] = new JsonObject { ["@type"] = "@id" };
        context["kfm:influenced"] = new JsonObject { ["@type"] = "@id" };
        return context;
    }

    private static JsonObject Node(string id, string type) => new() { ["@id"] = id, ["@type"] = type };

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(i => JsonValue.Create(i))]);

    private static void Add(JsonObject node, string name, JsonNode? value)
    {
        if (value is not null)
        {
            node[name] = value;
        }
    }
}
