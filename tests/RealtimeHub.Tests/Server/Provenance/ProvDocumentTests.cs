using System.Text.RegularExpressions;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Provenance;

public class ProvDocumentTests
{
    private static readonly CareRequest Asked = PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox), CareKind.Xai);

    private readonly CareDecision _decision = new PolicyBench().Decider.Decide(Asked);

    [Fact]
    public void P170_an_activity_says_when_by_whom_from_what_and_under_which_decision()
    {
        var json = LineageBench.Parse(ProvDocument.Of(LineageBench.Activity(Asked, _decision)));

        Assert.Equal(("urn:kfm:activity:ws:xai:abcd", "prov:Activity"), (json.GetProperty("@id").GetString(), json.GetProperty("@type").GetString()));
        Assert.Equal("2005-08-07T12:00:00.000Z", json.GetProperty("startedAtTime").GetString());
        Assert.Equal("2005-08-07T12:00:00.087Z", json.GetProperty("endedAtTime").GetString());
        Assert.Equal(3, json.GetProperty("used").GetArrayLength());
        Assert.Equal("urn:kfm:service:climate-xai-engine", json.GetProperty("wasAssociatedWith").GetProperty("@id").GetString());
        Assert.Equal("urn:kfm:activity:ws:xai:abcd", json.GetProperty("generated")[0].GetProperty("wasGeneratedBy").GetString());
        Assert.Equal((42, "kfm-climate-v11.2.2", "shap"), (json.GetProperty("kfm:seed").GetInt64(), json.GetProperty("kfm:model_version").GetString(), json.GetProperty("kfm:xai_method").GetString()));
        Assert.Equal("t2m", json.GetProperty("kfm:recipe").GetProperty("variables")[0].GetString());
        Assert.StartsWith("1220", json.GetProperty("kfm:multihash").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void P170_the_decision_is_in_the_lineage()
    {
        // kfm-care-8.
        var expected = KfmVectors.Case("care.json", "kfm-care-8").GetProperty("expect").GetProperty("prov");

        var decision = LineageBench.Parse(ProvDocument.Of(LineageBench.Activity(Asked, _decision))).GetProperty("wasInfluencedBy");

        Assert.StartsWith(expected.GetProperty("wasInfluencedBy").GetString()!["$prefix:".Length..], decision.GetProperty("@id").GetString(), StringComparison.Ordinal);
        Assert.Equal(expected.GetProperty("used")[0].GetString(), decision.GetProperty("used")[0].GetString());
        Assert.Equal(expected.GetProperty("agent").GetString(), decision.GetProperty("wasAssociatedWith").GetProperty("@id").GetString());
        Assert.Equal(_decision.WinningRule, decision.GetProperty("kfm:rule").GetString());
        Assert.Equal(_decision.PolicyVersion, decision.GetProperty("kfm:policy_version").GetString());
    }

    [Fact]
    public void P170_every_term_is_one_of_PROV_O()
    {
        var ontology = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors/schemas/prov/prov-o.ttl"));

        foreach (var term in ProvDocument.References)
        {
            Assert.Matches(new Regex($@"^:{term}\s+a owl:ObjectProperty|^:{term}\s*\n\s+a owl:ObjectProperty", RegexOptions.Multiline), ontology);
        }

        foreach (var term in ProvDocument.Instants)
        {
            Assert.Matches(new Regex($@"^:{term}\s+a owl:DatatypeProperty|^:{term}\s*\n\s+a owl:DatatypeProperty", RegexOptions.Multiline), ontology);
        }
    }

    [Fact]
    public void P171_a_session_names_what_it_was_given()
    {
        var clock = new RealtimeHub.Testing.ManualTimeProvider();
        var session = new SessionActivity(ProvenanceUrns.Session("s1"), "reader", clock);
        session.Add("urn:kfm:activity:ws:infer:1");
        session.Add("urn:kfm:activity:ws:infer:2");
        session.Add("urn:kfm:activity:ws:infer:1");
        clock.Advance(TimeSpan.FromMinutes(1));
        session.End();

        var json = LineageBench.Parse(ProvDocument.Of(session));

        Assert.Equal(2, json.GetProperty("kfm:activities").GetArrayLength());
        Assert.Equal("urn:kfm:service:climate-stream", json.GetProperty("wasAssociatedWith").GetProperty("@id").GetString());
        Assert.Equal(TimeSpan.FromMinutes(1), json.GetProperty("endedAtTime").GetDateTimeOffset() - json.GetProperty("startedAtTime").GetDateTimeOffset());
    }

    [Fact]
    public void P171_a_session_keeps_the_newest_of_what_it_was_given_and_counts_all()
    {
        var session = new SessionActivity(ProvenanceUrns.Session("s1"), "reader", TimeProvider.System);

        for (var i = 0; i < 1_000; i++)
        {
            session.Add($"urn:kfm:activity:ws:infer:{i}");
        }

        Assert.Equal((256, 1_000L, "urn:kfm:activity:ws:infer:999"), (session.Parts.Count, session.PartCount, session.Parts[^1]));
    }

    [Fact]
    public void RecentRecords_keep_the_newest_and_the_first_of_equal_ids()
    {
        var records = new RecentRecords<string>(3);
        foreach (var text in new[] { "a", "b", "c", "d" })
        {
            records.GetOrAdd(text, text);
        }

        Assert.Equal("d", records.GetOrAdd("d", "another"));
        Assert.False(records.TryGet("a", out _));
        Assert.Equal(["d", "c", "b"], records.Newest(10, _ => true));
        Assert.Equal(["c"], records.Newest(1, r => r != "d"));
        Assert.Equal(3, records.Count);
    }
}
