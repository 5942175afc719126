using System.CommandLine;
using RealtimeHub.Cli;

namespace RealtimeHub.Tests.Cli;

public class GlobalOptionsTests
{
    [Theory]
    [InlineData("http://localhost:5080", "dev-key")]
    [InlineData("http://127.0.0.1:1", "dev-key")]
    [InlineData("https://hub.example.org", null)]
    public void ClientOptions_gives_the_development_key_to_this_machine_only(string url, string? key)
    {
        var options = new GlobalOptions(new CliHost
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            OpenInput = () => Stream.Null,
            GetEnvironmentVariable = _ => null,
        });
        var root = new RootCommand { options.Url, options.ApiKey, options.Json };

        var client = options.ClientOptions(root.Parse(["--url", url]));

        Assert.Equal(key, client.ApiKey);
        Assert.Equal(new Uri(url), client.Uri);
    }
}
