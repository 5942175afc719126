using System.Text.Json;
using System.Text.RegularExpressions;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

/// <summary><c>rthub climate</c> and <c>rthub verify</c> against a real server.</summary>
public class ClimateCommandTests
{
    private const string Box = "-99.75,38.5,-99,39.25";
    private const string Kansas = "-101.0,36.9,-94.6,40.1";

    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    [Fact]
    public async Task Fields_show_live_values_and_a_small_map_of_each_variable()
    {
        await using var server = HubServer.Start();

        var result = await RunAsync(server, "climate", "fields", "--variables", "t2m,td2m", "--bbox", Kansas, "--once");

        Assert.Equal(0, result.Code);
        Assert.Matches(@"t2m +\d+\.?\d* +\d+\.?\d* +\d+\.?\d* +K +(source|model) +\d+", result.Output);
        Assert.Contains("td2m [K]", result.Output, StringComparison.Ordinal);

        // Two maps of 13 rows, the northernmost first; what is concealed is dotted.
        Assert.Equal(26, result.Output.Split('\n').Count(l => Regex.IsMatch(l, @"^ ?\d\d\.\d\dN ")));
        Assert.Contains("··", result.Output, StringComparison.Ordinal);
        Assert.Contains("Intact: 1220", result.Error, StringComparison.Ordinal);
        Assert.Contains("INDIGENOUS-DATA-PROTECTION", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drivers_show_likewise()
    {
        await using var server = HubServer.Start();

        var result = await RunAsync(server, "climate", "drivers", "--drivers", "cape,srh_0_3km", "--bbox", Box, "--once");

        Assert.Equal(0, result.Code);
        Assert.Matches(@"cape +.*J kg-1", result.Output);
        Assert.Contains("srh_0_3km [m2 s-2]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--level", "narrative", "predicts t2m")]
    [InlineData("--point", "-99.0,38.75", "t2m by shap")]
    [InlineData("--h3", "4", "t2m by shap")]
    public async Task Explain_says_what_each_feature_contributes_and_ends(string option, string value, string expected)
    {
        await using var server = HubServer.Start();

        var result = await RunAsync(server, "climate", "explain", "--time", "2005-08-07T15:00:00Z", "--bbox", Box, option, value);

        Assert.Equal(0, result.Code);
        Assert.Contains(expected, result.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(8, result.Output.Split('\n').Count(l => Regex.IsMatch(l, @"^\S+ +[+-]?\d+\.\d{3} *$")));
    }

    [Fact]
    public async Task Json_is_a_line_for_each_item_and_is_verified_from_standard_input()
    {
        await using var server = HubServer.Start();

        var fields = await RunAsync(server, "climate", "fields", "--bbox", Box, "--once", "--json");
        var items = fields.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.Clone()).ToList();
        var verified = await CliRun.ToEndAsync(server.Uri, ["verify", "--remote", "-"], fields.Output, Admin);
        var forged = await CliRun.ToEndAsync(server.Uri, ["verify", "--remote", "-"], fields.Output.Replace("\"multihash\":\"1220", "\"multihash\":\"12200", StringComparison.Ordinal)[..^1], Admin);

        Assert.Contains(items, i => i.GetProperty("kind").GetString() == "frame");
        Assert.Equal(0, verified.Code);
        Assert.StartsWith("reproduced", verified.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, forged.Code);
    }

    [Theory]
    [InlineData("climate", "fields", "--bbox", "1,2,3")]
    [InlineData("climate", "explain", "--point", "here")]
    [InlineData("climate", "drivers", "--start", "yesterday")]
    public async Task Misuse_is_said_before_anything_is_asked(params string[] arguments)
    {
        var result = await CliRun.ToEndAsync(new Uri("http://127.0.0.1:1"), arguments, environment: Admin);

        Assert.Equal(2, result.Code);
        Assert.Contains(arguments[2], result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_and_fails()
    {
        await using var server = HubServer.Start();

        var variable = await RunAsync(server, "climate", "fields", "--variables", "luck", "--once");
        var denied = await RunAsync(server, "climate", "fields", "--bbox", Kansas, "--deny-protected", "--once");

        Assert.Equal((1, 1), (variable.Code, denied.Code));
        Assert.Contains("variables", variable.Error, StringComparison.Ordinal);
        Assert.Contains("CARE_POLICY_VIOLATION", denied.Error, StringComparison.Ordinal);
    }

    private static Task<CliResult> RunAsync(HubServer server, params string[] arguments) => CliRun.ToEndAsync(server.Uri, arguments, environment: Admin);
}
