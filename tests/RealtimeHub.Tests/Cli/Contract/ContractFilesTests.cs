using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Cli.Contract;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Server.Hubs;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Contract;

public class ContractFilesTests
{
    private static readonly WireContract Contract = ContractReader.Read("1.0");

    [Fact]
    public void P230_the_generated_files_are_what_the_code_says()
    {
        var stale = new ContractFiles(WorkTree.Root).Stale();

        Assert.True(stale.Count == 0, $"Run 'rthub contract generate': {string.Join(", ", stale)}");
    }

    [Fact]
    public void P230_generating_writes_every_file_and_nothing_is_stale_then()
    {
        using var tree = new ContractTree("- 1.1: more.\n- 1 (first): all.\n");

        new ContractFiles(tree.Root).Write();

        Assert.Empty(new ContractFiles(tree.Root).Stale());
        File.AppendAllText(Path.Combine(tree.Root, "clients/realtime-client/src/generated/types.ts"), "// By hand.\n");
        Assert.Equal(["clients/realtime-client/src/generated/types.ts"], new ContractFiles(tree.Root).Stale());
    }

    [Fact]
    public void P232_a_change_of_the_wire_without_a_new_version_is_refused()
    {
        using var tree = new ContractTree("- 1.1: more.\n- 1 (first): all.\n");
        tree.WriteVersions("""{"1.1": "another fingerprint"}""");

        var refusal = Assert.Throws<ContractException>(() => new ContractFiles(tree.Root).Stale());

        Assert.Contains("version 1.1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Changes of the wire", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P232_a_new_version_is_added_above_the_old_ones()
    {
        using var tree = new ContractTree("- 1.10: more.\n- 1.9: less.\n");
        tree.WriteVersions("""{"1.9": "another fingerprint"}""");

        new ContractFiles(tree.Root).Write();

        var versions = JsonNode.Parse(File.ReadAllText(tree.Versions))!.AsObject();
        Assert.Equal(["1.10", "1.9"], versions.Select(v => v.Key));
        Assert.Equal(WireVersions.Fingerprint(Contract), (string?)versions["1.10"]);
    }

    [Fact]
    public void P232_a_version_below_the_newest_is_refused()
    {
        using var tree = new ContractTree("- 1.1: more.\n");
        tree.WriteVersions("""{"1.9": "another fingerprint"}""");

        Assert.Throws<ContractException>(() => new ContractFiles(tree.Root).Stale());
    }

    [Fact]
    public void P232_the_fingerprint_changes_with_a_member_and_not_with_the_docs()
    {
        var gap = Contract.Types.Single(t => t.Name == "Gap");
        var withMember = Contract with { Types = [.. Contract.Types.Except([gap]), gap with { Members = [.. gap.Members.SkipLast(1)] }] };
        var withDocs = Contract with { Types = [.. Contract.Types.Select(t => t == gap ? t with { Docs = null } : t)] };

        Assert.NotEqual(WireVersions.Fingerprint(Contract), WireVersions.Fingerprint(withMember));
        Assert.Equal(WireVersions.Fingerprint(Contract), WireVersions.Fingerprint(withDocs));
    }

    [Fact]
    public void P230_every_hub_of_the_server_is_in_the_contract_with_every_method()
    {
        var hubs = typeof(ChannelHub<>).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Hub)) && !t.IsAbstract).ToList();

        Assert.Equal(hubs.Select(h => h.Name).Order(), Contract.Hubs.Select(h => $"{h.Name}Hub").Order());
        Assert.All(hubs, hub => Assert.Equal(
            hub.GetMethods().Where(m => m.GetBaseDefinition().DeclaringType!.Assembly == hub.Assembly && m.Name != "Refused").Select(m => m.Name).Order(),
            Contract.Hubs.Single(h => $"{h.Name}Hub" == hub.Name).AllMethods.Select(m => m.Name).Order()));
    }

    [Fact]
    public void P230_the_documents_refer_only_to_what_they_hold()
    {
        var asyncApi = JsonSerializer.SerializeToElement(AsyncApiFile.Document(Contract));
        var schema = JsonSerializer.SerializeToElement(new SchemaFile(SchemaFile.Definitions).Document(Contract));

        Assert.All(References(asyncApi).Select(r => (asyncApi, r)).Concat(References(schema).Select(r => (schema, r))), r => Resolve(r.Item1, r.r));
        Assert.Equal(HubPaths.Jobs, asyncApi.GetProperty("channels").GetProperty("Jobs").GetProperty("address").GetString());
        Assert.Equal("receive", asyncApi.GetProperty("operations").GetProperty("Jobs.StreamLogs").GetProperty("action").GetString());
    }

    [Fact]
    public void P230_docs_and_units_are_carried_over_as_TSDoc()
    {
        var types = TypeScriptTypes.Types(Contract);
        var hubs = TypeScriptHubs.File(Contract);

        Assert.Contains("  /** When to come back, in milliseconds; absent where the client's own backoff will do. */\n  readonly retry_after_ms?: number;", types, StringComparison.Ordinal);
        Assert.Contains("  /** Streams one job's states and log lines; completes when the job has ended. */\n  streamLogs(request: SubscribeJobRequest): IStreamResult<StreamItem> {", hubs, StringComparison.Ordinal);
        Assert.Contains("readonly reason: GapReason;", types, StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(m =>
            m.Name == "$ref" && m.Value.ValueKind == JsonValueKind.String ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static void Resolve(JsonElement document, string reference) =>
        Assert.NotEqual(JsonValueKind.Undefined, reference[2..].Split('/').Aggregate(document, (node, name) => node.GetProperty(name)).ValueKind);
}
