using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Client;

namespace RealtimeHub.Cli;

/// <summary>One run of one command: what was asked, the client, and where to write.</summary>
internal sealed class CommandContext : IAsyncDisposable
{
    public CommandContext(ParseResult parsed, CliHost host, GlobalOptions options)
    {
        Parsed = parsed;
        Host = host;
        var clientOptions = options.ClientOptions(parsed);
        Url = clientOptions.Uri;
        Client = new RealtimeClient(clientOptions);
        Out = new CliOutput(host, parsed.GetValue(options.Json));
    }

    public ParseResult Parsed { get; }

    public CliHost Host { get; }

    public Uri Url { get; }

    public RealtimeClient Client { get; }

    public CliOutput Out { get; }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
