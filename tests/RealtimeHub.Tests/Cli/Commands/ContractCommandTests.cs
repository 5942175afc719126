using RealtimeHub.Testing;
using RealtimeHub.Tests.Cli.Contract;

namespace RealtimeHub.Tests.Cli.Commands;

public class ContractCommandTests
{
    [Fact]
    public async Task P230_contract_check_says_nothing_when_all_is_as_the_code_says()
    {
        var result = await CliRun.ToEndAsync(null, ["contract", "check", "--root", WorkTree.Root]);

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
    }

    [Fact]
    public async Task P230_contract_generate_writes_what_contract_check_finds_missing()
    {
        using var tree = new ContractTree("- 1: all.\n");

        var before = await CliRun.ToEndAsync(null, ["contract", "check", "--root", tree.Root]);
        var generated = await CliRun.ToEndAsync(null, ["contract", "generate", "--root", tree.Root]);
        var after = await CliRun.ToEndAsync(null, ["contract", "check", "--root", tree.Root]);

        Assert.Equal((1, 0, 0), (before.Code, generated.Code, after.Code));
        Assert.Contains("schema.json is not what the code says; run: rthub contract generate", before.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P232_contract_generate_refuses_a_change_without_a_version_in_one_sentence()
    {
        using var tree = new ContractTree("- 1: all.\n");
        tree.WriteVersions("""{"1": "another"}""");

        var result = await CliRun.ToEndAsync(null, ["contract", "generate", "--root", tree.Root]);

        Assert.Equal(1, result.Code);
        Assert.StartsWith("The wire is not that of version 1 any more.", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tree.Root, "src/RealtimeHub.Protocol/Contract/schema.json")));
    }
}
