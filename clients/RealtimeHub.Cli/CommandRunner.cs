using System.CommandLine;
using System.Net;
using RealtimeHub.Cli.Jobs;
using RealtimeHub.Cli.Prove;
using RealtimeHub.Cli.Wire;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Cli;

/// <summary>Runs commands, and turns what goes wrong into one sentence and an exit code.</summary>
internal sealed class CommandRunner(CliHost host, GlobalOptions options)
{
    /// <summary>Makes this what a command does.</summary>
    public void Attach(Command command, Func<CommandContext, CancellationToken, Task<int>> run) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, run, cancellationToken));

    private async Task<int> RunAsync(
        ParseResult parsed, Func<CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var url = GlobalOptions.DefaultUrl;
        try
        {
            var context = new CommandContext(parsed, host, options);
            await using var closing = context.ConfigureAwait(false);
            url = $"{context.Url.Scheme}://{context.Url.Authority}{context.Url.AbsolutePath.TrimEnd('/')}";
            return await run(context, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (MisuseException e)
        {
            await host.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Misused;
        }
        catch (Exception e)
        {
            await WriteAsync(Sentences(e, url)).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private static IEnumerable<string> Sentences(Exception error, string url) => error switch
    {
        RealtimeConnectionException { StatusCode: HttpStatusCode.Unauthorized } => [KeyUnknown(url)],
        RealtimeConnectionException { StatusCode: HttpStatusCode.Forbidden } => [KeyLacksScope(url)],
        RealtimeConnectionException { StatusCode: { } status } =>
            [$"{url} answered with status {(int)status}; is it a RealtimeHub server? Name another with --url or RTHUB_URL."],
        RealtimeConnectionException { Control: { } control } => [$"The server ended the connection: {control.Reason} ({control.Code})"],
        RealtimeConnectionException { BrokeMidway: true } => [$"The connection to {url} broke before the answer came; run the command again."],
        RealtimeConnectionException => [$"No server answers at {url}; start one there, or name another with --url or RTHUB_URL."],
        ProtocolErrorException e => Refusal(e.Error, url),
        WireException { Status: (int)HttpStatusCode.TooManyRequests } =>
            [$"{url} takes no more connections from here: its limits on connects and connections (Limits:*) are below this load."],
        CommandNotStartedException or WireException or DisprovedException => [error.Message],
        _ => [$"{error.GetType().Name}: {error.Message}"],
    };

    private static IEnumerable<string> Refusal(ProtocolError error, string url)
    {
        yield return error.Code switch
        {
            _ when ErrorCodes.All.Any(c => c.Code == error.Code && c.HttpStatus == (int)HttpStatusCode.Unauthorized) => KeyUnknown(url),
            _ when error.Code == ErrorCodes.Forbidden.Code => KeyLacksScope(url),
            _ => $"{error.Message} ({error.Code})",
        };
        foreach (var field in error.Details?.Errors ?? [])
        {
            var value = field.Value is null ? "" : $" It is {field.Value}.";
            var bound = field.Bound is null ? "" : $" Allowed: {field.Bound}.";
            yield return $"  {field.Field}: {field.Message}{value}{bound}";
        }

        if (error.RetryAfterMs is { } ms)
        {
            yield return $"Try again in {ms / 1000.0:0.#} s.";
        }
    }

    private static string KeyUnknown(string url) => $"{url} does not know the API key; give one with --api-key or RTHUB_API_KEY, or log in with rthub login.";

    private static string KeyLacksScope(string url) =>
        $"{url} knows the API key, but it lacks the scope for this; use another with --api-key or RTHUB_API_KEY.";

    private async Task WriteAsync(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            await host.Error.WriteLineAsync(sentence).ConfigureAwait(false);
        }
    }
}
