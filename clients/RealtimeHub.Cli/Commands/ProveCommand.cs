using System.CommandLine;
using System.Text.Json;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Cli.Output;
using RealtimeHub.Cli.Prove;
using RealtimeHub.Client;
using RealtimeHub.Protocol.Json;
using Spectre.Console;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub prove</c>: tries to disprove every delivery guarantee on a deployment, and says which stand.</summary>
internal sealed class ProveCommand
{
    private readonly Argument<string?> _url = new("url") { Description = "The deployment. Default: --url.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _only = new("--only") { HelpName = "GROUP", Description = $"Only these groups: {string.Join(", ", ProofRun.Groups)}.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<FileInfo?> _report = new("--report") { HelpName = "FILE", Description = "Keep the report as JSON." };
    private readonly Option<string?> _viewer = new("--viewer-key") { HelpName = "KEY", Description = "The key of somebody who may read jobs but not write them." };
    private readonly Option<bool> _events = new("--events") { Description = "Allow critical security events. On this machine they are allowed." };
    private readonly Option<bool> _fill = new("--fill") { Description = "Allow 40 MB into a channel. On this machine it is allowed." };
    private readonly Option<string?> _node = new("--node") { HelpName = "URL", Description = "A second node of the deployment." };
    private readonly Option<int?> _kill = new("--kill") { HelpName = "PID", Description = "The process behind the first address, which may be killed; needs --node." };
    private readonly Option<int?> _drain = new("--drain") { HelpName = "PID", Description = "The process behind the last address, which may be told to stop." };

    public static Command Create(CommandRunner runner)
    {
        var prove = new ProveCommand();
        prove._only.AcceptOnlyFromAmong([.. ProofRun.Groups]);
        var command = new Command(
            "prove", "Put every delivery guarantee of a deployment to the test. Exits with 1 when one does not hold. What cannot be tested is skipped, with the reason.")
        {
            prove._url, prove._only, prove._report, prove._viewer, prove._events, prove._fill, prove._node, prove._kill, prove._drain,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(prove._kill) is not null && result.GetResult(prove._node) is null)
            {
                result.AddError("--kill needs --node: somebody has to be left.");
            }
        });
        runner.Attach(command, prove.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var url = Address("url", context.Parsed.GetValue(_url)) ?? context.Url;
        var options = context.OptionsFor(url);
        var client = new RealtimeClient(options);
        await using var closing = client.ConfigureAwait(false);
        await client.Account.WhoAmIAsync(cancellationToken).ConfigureAwait(false);
        var (headers, permissions) = (await options.HeadersAsync(cancellationToken).ConfigureAwait(false), Permissions(context, url));
        var node = permissions.Node ?? url;
        var other = new RealtimeClient(options with { Uri = node });
        await using var closingOther = other.ConfigureAwait(false);
        var last = new ProofSite(other, node, headers, context.Host.Time, permissions);
        var site = new ProofSite(client, url, headers, context.Host.Time, permissions, last);
        var (run, only, results) = (new ProofRun(site), context.Parsed.GetValue(_only) ?? [], new List<ProofResult>());
        foreach (var proof in ProofRun.All.Where(p => only.Length == 0 || only.Contains(p.Group)))
        {
            if (context.Host.IsErrorTerminal)
            {
                context.Out.RawError($"\r\u001b[K{proof.Rule} {proof.Claim} …");
            }

            var result = await run.RunAsync(proof, cancellationToken).ConfigureAwait(false);
            if (context.Host.IsErrorTerminal)
            {
                context.Out.RawError("\r\u001b[K");
            }

            results.Add(result);
            Show(context.Out, result);
        }

        return await ReportAsync(context, url, results, cancellationToken).ConfigureAwait(false);
    }

    private ProofPermissions Permissions(CommandContext context, Uri url) => new()
    {
        MayPublishEvents = url.IsLoopback || context.Parsed.GetValue(_events),
        MayFill = url.IsLoopback || context.Parsed.GetValue(_fill),
        ViewerKey = context.Parsed.GetValue(_viewer),
        Node = Address("--node", context.Parsed.GetValue(_node)),
        Kill = context.Parsed.GetValue(_kill),
        Drain = context.Parsed.GetValue(_drain),
    };

    private static Uri? Address(string name, string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new MisuseException($"{name} must be an absolute http or https URL such as {GlobalOptions.DefaultUrl}; it is '{text}'.");

    private static void Show(CliOutput output, ProofResult result)
    {
        if (output.IsJson)
        {
            output.Json(result);
            return;
        }

        var colour = result.Result switch { "passed" => Color.Green, "failed" => Color.Red, _ => Color.Yellow };
        output.Line(new StyledLine()
            .Add(result.Rule, 5)
            .Add(result.Result, 8, new Style(colour))
            .Add($"{result.Milliseconds} ms", 9)
            .Add(result.Claim, 100)
            .Add(result.Detail));
    }

    private async Task<int> ReportAsync(CommandContext context, Uri url, List<ProofResult> results, CancellationToken cancellationToken)
    {
        int Count(string result) => results.Count(r => r.Result == result);
        var report = new Report(CredentialBook.NameOf(url), context.Host.Time.GetUtcNow(), Count("passed"), Count("failed"), Count("skipped"), results);
        if (context.Parsed.GetValue(_report) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, RealtimeJson.Options) + "\n", cancellationToken).ConfigureAwait(false);
        }

        if (context.Out.IsJson)
        {
            context.Out.Json(report with { Results = null });
        }

        context.Out.Note($"{report.Passed} passed, {report.Failed} failed, {report.Skipped} skipped on {report.Server}.");
        return report.Failed > 0 || report.Passed == 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private sealed record Report(string Server, DateTimeOffset At, int Passed, int Failed, int Skipped, IReadOnlyList<ProofResult>? Results);
}
