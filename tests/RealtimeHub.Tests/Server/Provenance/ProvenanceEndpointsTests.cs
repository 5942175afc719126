using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Provenance;

/// <summary>Lineage and catalogue through a real server: who may read what.</summary>
public sealed class ProvenanceEndpointsTests : IAsyncLifetime
{
    private const string Nation = "Prairie Band Potawatomi Nation";

    private static readonly CareRequest InDeny = PolicyBench.Ask(new CarePlace.Point(39.335, -95.84), CareKind.Point) with
    {
        Principal = PolicyBench.Reader with { Roles = [CareRoles.Sovereign], Team = Nation },
    };

    private readonly string _policy = Path.Combine(Path.GetTempPath(), $"policy-{Guid.NewGuid():N}.geojson");
    private HubServer _server = null!;

    public ValueTask InitializeAsync()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "data/policy/protected-areas.geojson"), _policy);
        _server = HubServer.Start(
            new Dictionary<string, string?>
            {
                ["Policy:File"] = _policy,
                ["Auth:ApiKeys:1:Roles:0"] = CareRoles.Sovereign,
                ["Auth:ApiKeys:1:Team"] = Nation,
            },
            keys: [("nation", "nation-key", "climate:read"), ("reader", "reader-key", "climate:read"), ("stranger", "stranger-key", "events:read")]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_policy);
    }

    [Fact]
    public async Task P170_an_activity_is_read_as_json_ld()
    {
        var activity = Record(PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)));

        using var response = await GetAsync("/api/v1/prov/" + activity.Id, "reader-key");

        Assert.Equal((HttpStatusCode.OK, "application/ld+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(activity.Id, (await JsonAsync(response)).GetProperty("@id").GetString());
    }

    [Fact]
    public async Task P170_a_decision_is_read_by_its_own_name()
    {
        var activity = Record(PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)));

        using var response = await GetAsync("/api/v1/prov/" + activity.Subject.Decision.DecisionId, "reader-key");

        Assert.Equal(activity.Id, (await JsonAsync(response)).GetProperty("kfm:influenced").GetString());
    }

    [Fact]
    public async Task P172_items_and_the_collection_are_read_and_valid()
    {
        var activity = Record(PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)));

        using var item = await GetAsync("/api/v1/stac/items/item-abcd", "reader-key");
        using var collection = await GetAsync("/api/v1/stac/collections/" + StacCatalogue.CollectionId, "reader-key");
        using var items = await GetAsync($"/api/v1/stac/collections/{StacCatalogue.CollectionId}/items?limit=5", "reader-key");

        Assert.Equal("application/geo+json", item.Content.Headers.ContentType?.MediaType);
        Assert.Empty(JsonSchemas.Problems("stac/v1.0.0/item.json", await JsonAsync(item)));
        Assert.Empty(JsonSchemas.Problems("stac/v1.0.0/collection.json", await JsonAsync(collection)));
        Assert.Equal(activity.Id, (await JsonAsync(items)).GetProperty("features")[0].GetProperty("properties").GetProperty("prov:wasGeneratedBy").GetString());
    }

    [Fact]
    public async Task P174_what_the_policy_hides_from_a_reader_is_not_there_for_it()
    {
        var activity = Record(InDeny);

        foreach (var path in new[] { "/api/v1/prov/" + activity.Id, "/api/v1/prov/" + activity.Subject.Decision.DecisionId, "/api/v1/stac/items/item-abcd" })
        {
            using var own = await GetAsync(path, "nation-key");
            using var other = await GetAsync(path, "reader-key");
            using var never = await GetAsync(path[..^4] + "0000", "reader-key");

            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            Assert.Equal((await TextAsync(never)).Replace("0000", "", StringComparison.Ordinal), (await TextAsync(other)).Replace(path[^4..], "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task P174_lists_and_extents_tell_nothing_of_what_is_hidden()
    {
        Record(InDeny);

        using var items = await GetAsync($"/api/v1/stac/collections/{StacCatalogue.CollectionId}/items", "reader-key");
        using var collections = await GetAsync("/api/v1/stac/collections", "reader-key");

        Assert.Equal(0, (await JsonAsync(items)).GetProperty("features").GetArrayLength());
        Assert.DoesNotContain("39.3", await TextAsync(collections), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P174_a_record_disappears_when_a_new_policy_hides_its_content()
    {
        var activity = Record(PolicyBench.AskBox(-102.0, 36.9, -101.3, 37.6));
        var policies = _server.Services.GetRequiredService<PolicyStore>();
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        policies.Changed += _ => changed.TrySetResult();
        using (var before = await GetAsync("/api/v1/prov/" + activity.Id, "reader-key"))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        await ReplaceAsync(PolicyBench.Json(("deny", 5, new(-101.7, 37.1, -101.6, 37.2))));
        await RealtimeHub.Tests.Engine.Soon.HappensAsync(changed.Task, "the changed policy file is read");

        using var after = await GetAsync("/api/v1/prov/" + activity.Id, "reader-key");
        using var item = await GetAsync("/api/v1/stac/items/item-abcd", "reader-key");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (after.StatusCode, item.StatusCode));
    }

    [Fact]
    public async Task P154_a_policy_file_that_breaks_refuses_and_one_that_is_mended_shows_again()
    {
        _server.Expect("cannot be read");
        var activity = Record(PolicyBench.AskBox(-102.0, 36.9, -101.3, 37.6));
        var policies = _server.Services.GetRequiredService<PolicyStore>();
        var read = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        policies.Changed += p => read.Writer.TryWrite(p.IsReadable);

        await ReplaceAsync("{ not json");
        var broken = read.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await RealtimeHub.Tests.Engine.Soon.HappensAsync(broken, "the broken policy is noticed");
        using var hidden = await GetAsync("/api/v1/prov/" + activity.Id, "reader-key");
        await ReplaceAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data/policy/protected-areas.geojson"), TestContext.Current.CancellationToken));
        var mended = read.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await RealtimeHub.Tests.Engine.Soon.HappensAsync(mended, "the mended policy is noticed");
        using var shown = await GetAsync("/api/v1/prov/" + activity.Id, "reader-key");

        Assert.Equal((false, true), (await broken, await mended));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (hidden.StatusCode, shown.StatusCode));
    }

    [Fact]
    public async Task P171_a_session_is_read_by_its_own_principal_alone()
    {
        var store = _server.Services.GetRequiredService<ProvenanceStore>();
        var session = store.BeginSession("s1", "reader");
        session.Add("urn:kfm:activity:ws:infer:abcd");

        using var own = await GetAsync("/api/v1/prov/" + session.Id, "reader-key");
        using var other = await GetAsync("/api/v1/prov/" + session.Id, "nation-key");

        Assert.Equal("urn:kfm:activity:ws:infer:abcd", (await JsonAsync(own)).GetProperty("kfm:activities")[0].GetString());
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/prov/urn:kfm:activity:ws:infer:abcd")]
    [InlineData("/api/v1/stac/items/item-abcd")]
    [InlineData("/api/v1/stac/collections")]
    [InlineData("/api/v1/stac/collections/kfm-climate-realtime")]
    [InlineData("/api/v1/stac/collections/kfm-climate-realtime/items")]
    public async Task P174_without_the_scope_everything_is_forbidden_and_without_a_key_unauthorized(string path)
    {
        Record(PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)));

        using var stranger = await GetAsync(path, "stranger-key");
        using var nobody = await GetAsync(path, null);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (stranger.StatusCode, nobody.StatusCode));
        Assert.Equal("FORBIDDEN", (await JsonAsync(stranger)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    public async Task P172_a_limit_out_of_range_is_refused(string query)
    {
        using var response = await GetAsync($"/api/v1/stac/collections/{StacCatalogue.CollectionId}/items?{query}", "reader-key");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("limit", (await JsonAsync(response)).GetProperty("errors")[0].GetProperty("field").GetString());
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await TextAsync(response));
        return json.RootElement.Clone();
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    // Beside first and then renamed, as a policy that is in force should be replaced.
    private async Task ReplaceAsync(string text)
    {
        await File.WriteAllTextAsync(_policy + ".new", text, TestContext.Current.CancellationToken);
        File.Move(_policy + ".new", _policy, overwrite: true);
    }

    private ActivityRecord Record(CareRequest request)
    {
        var decision = _server.Services.GetRequiredService<CareDecider>().Decide(request);
        var activity = _server.Services.GetRequiredService<ProvenanceStore>().Record(LineageBench.Activity(request, decision));
        _server.Services.GetRequiredService<StacCatalogue>().Add(LineageBench.Item(activity));
        return activity;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? key)
    {
        using var http = _server.Http(key);
        return await http.GetAsync(path, TestContext.Current.CancellationToken);
    }
}
