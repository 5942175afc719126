using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli;

public class RthubCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("bogus")]
    [InlineData("events")]
    [InlineData("publish events")]
    [InlineData("publish events --type a --file b")]
    [InlineData("publish events --file b --data {}")]
    [InlineData("publish events --type a --tag noequals")]
    [InlineData("events tail --last 1 --since 10m")]
    [InlineData("events tail --from nonsense")]
    [InlineData("events tail --since yesterday")]
    [InlineData("events tail --last many")]
    [InlineData("channels history events --order up")]
    [InlineData("jobs tail")]
    [InlineData("jobs tail 1 --follow --no-follow")]
    [InlineData("jobs run")]
    [InlineData("channels list --url nonsense")]
    public async Task RunAsync_says_what_was_misused(string arguments)
    {
        var result = await CliRun.ToEndAsync(new Uri("http://localhost:1"), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.Code);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("jobs --help")]
    [InlineData("events tail --help")]
    [InlineData("--version")]
    public async Task RunAsync_helps(string arguments)
    {
        var result = await CliRun.ToEndAsync(null, arguments.Split(' '));

        Assert.Equal(0, result.Code);
        Assert.NotEmpty(result.Output);
    }

    [Theory]
    [InlineData("channels list")]
    [InlineData("events tail")]
    [InlineData("system watch")]
    [InlineData("jobs list")]
    [InlineData("jobs tail 1")]
    [InlineData("jobs run -- echo never")]
    [InlineData("publish events --type a")]
    public async Task RunAsync_says_that_nobody_answers(string arguments)
    {
        var gone = await ScriptedServer.StartAsync();
        var url = gone.Uri;
        await gone.DisposeAsync();

        var result = await CliRun.ToEndAsync(url, arguments.Split(' '));

        Assert.Equal(1, result.Code);
        Assert.Equal(
            $"No server answers at {url.AbsoluteUri.TrimEnd('/')}; start one there, or name another with --url or RTHUB_URL.",
            result.Error.Trim());
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("channels list", 401, "does not know the API key")]
    [InlineData("events tail", 401, "does not know the API key")]
    [InlineData("jobs tail 1", 401, "does not know the API key")]
    [InlineData("channels list", 403, "lacks the scope")]
    [InlineData("events tail", 403, "lacks the scope")]
    [InlineData("channels list", 500, "answered with status 500")]
    public async Task RunAsync_says_why_the_server_refuses(string arguments, int status, string sentence)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = status;

        var result = await CliRun.ToEndAsync(server.Uri, arguments.Split(' '));

        Assert.Equal(1, result.Code);
        Assert.Contains(sentence, result.Error);
    }

    [Fact]
    public async Task RunAsync_sends_the_key_of_the_environment_before_the_development_key()
    {
        await using var server = await ScriptedServer.StartAsync();

        await CliRun.ToEndAsync(server.Uri, ["jobs", "list"]);
        Assert.Equal("dev-key", server.LastHeaders!["X-API-Key"]);
        await CliRun.ToEndAsync(server.Uri, ["jobs", "list"], environment: new Dictionary<string, string> { ["RTHUB_API_KEY"] = "mine" });
        Assert.Equal("mine", server.LastHeaders["X-API-Key"]);
        await CliRun.ToEndAsync(server.Uri, ["jobs", "list", "--api-key", "given"]);
        Assert.Equal("given", server.LastHeaders["X-API-Key"]);
    }
}
