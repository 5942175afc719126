using System.CommandLine;
using System.Globalization;
using System.Text;
using RealtimeHub.Protocol.Audit;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub audit verify</c>: whether audit files are what the server wrote. Needs no server, unless it is asked to check its own.</summary>
internal sealed class AuditVerifyCommand
{
    private const string SecretVariable = "RTHUB_AUDIT_SECRET";

    private readonly Argument<string[]> _files = new("files")
    {
        Description = "The file, with its rotated files in any order; or their folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _last = new("--last-hash")
    {
        HelpName = "HASH",
        Description = "The hash of a record that was noted elsewhere: it must be there, so that a cut-off end shows.",
    };

    private readonly Option<bool> _remote = new("--remote") { Description = "Have the server check its own files; needs the scope auth:admin." };

    public static Command Create(CommandRunner runner)
    {
        var verify = new AuditVerifyCommand();
        var command = new Command("verify", $"Check the hash chain of audit files. The secret of a keyed chain comes from {SecretVariable}.")
        {
            verify._files, verify._last, verify._remote,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify._remote) == (result.GetValue(verify._files) is { Length: > 0 }))
            {
                result.AddError("Give either files or --remote.");
            }
        });
        runner.Attach(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var lastHash = context.Parsed.GetValue(_last);
        if (context.Parsed.GetValue(_remote))
        {
            return Report(context, await context.Client.Records.VerifyAuditAsync(lastHash, cancellationToken).ConfigureAwait(false));
        }

        var secret = context.Host.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : null;
        var files = (context.Parsed.GetValue(_files) ?? [])
            .SelectMany(g => Directory.Exists(g) ? Directory.EnumerateFiles(g, "*.jsonl") : [g])
            .Select(f => File.Exists(f) ? f : throw new MisuseException($"There is no file '{f}'."))
            .ToList();
        return Report(context, await AuditFiles.VerifyAsync(files, secret, lastHash, cancellationToken).ConfigureAwait(false));
    }

    private static int Report(CommandContext context, AuditVerdict verdict)
    {
        if (context.Out.IsJson)
        {
            context.Out.Json(verdict);
        }
        else
        {
            var where = verdict.File is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{verdict.File}:{verdict.Line}: ");
            context.Out.Raw(verdict.Intact
                ? string.Create(CultureInfo.InvariantCulture, $"Intact: {verdict.Records} records, {verdict.First} to {verdict.Last}; the last hash is {verdict.LastHash}.\n")
                : string.Create(CultureInfo.InvariantCulture, $"NOT intact after {verdict.Records} records. {where}{verdict.Problem}\n"));
        }

        return verdict.Intact ? ExitCodes.Done : ExitCodes.Failed;
    }
}
