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
        Options = options.ClientOptions(parsed);
        OptionsFor = url => options.ClientOptions(parsed, url);
        GivenApiKey = parsed.GetValue(options.ApiKey);
        Url = Options.Uri;
        Client = new RealtimeClient(Options);
        Out = new CliOutput(host, parsed.GetValue(options.Json));
    }

    public ParseResult Parsed { get; }

    public CliHost Host { get; }

    public Uri Url { get; }

    /// <summary>Where the server is and who is asking, for further clients.</summary>
    public RealtimeClientOptions Options { get; }

    /// <summary>The same for another server: its own credential, not that of the first.</summary>
    public Func<Uri, RealtimeClientOptions> OptionsFor { get; }

    /// <summary>The key of the command line itself.</summary>
    public string? GivenApiKey { get; }

    public RealtimeClient Client { get; }

    public CliOutput Out { get; }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
