using System.CommandLine;
using System.Globalization;
using System.Text;
using RealtimeHub.Protocol.Audit;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub audit verify</c>: whether audit files are what the server wrote. Needs no server.</summary>
internal sealed class AuditVerifyCommand
{
    private const string SecretVariable = "RTHUB_AUDIT_SECRET";

    private readonly Argument<string[]> _files = new("files")
    {
        Description = "The file, with its rotated files in any order; or their folder.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _last = new("--last-hash")
    {
        HelpName = "HASH",
        Description = "The hash of a record that was noted elsewhere: it must be there, so that a cut-off end shows.",
    };

    public static Command Create(CommandRunner runner)
    {
        var verify = new AuditVerifyCommand();
        var command = new Command("verify", $"Check the hash chain of audit files. The secret of a keyed chain comes from {SecretVariable}.") { verify._files, verify._last };
        runner.Attach(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var secret = context.Host.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : null;
        var verifier = new AuditVerifier(secret);
        var wanted = context.Parsed.GetValue(_last);
        var isFound = wanted is null;
        foreach (var file in Files(context.Parsed.GetValue(_files) ?? []))
        {
            var number = 0;
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                number++;
                if (verifier.Take(line) is { } problem)
                {
                    return Report(context, new Verdict(false, verifier.Records, verifier.FirstSequence, verifier.LastSequence, verifier.LastHash, file, number, problem));
                }

                isFound |= verifier.LastHash == wanted;
            }
        }

        var missing = isFound ? null : "The noted record is not there: the end was cut off, or the files are others.";
        return Report(context, new Verdict(
            isFound && verifier.Records > 0, verifier.Records, verifier.FirstSequence, verifier.LastSequence, verifier.LastHash, null, null,
            missing ?? (verifier.Records == 0 ? "There are no records." : null)));
    }

    // Rotated files carry the number of their last record before the extension; the file that is being written has none and comes last.
    private static IEnumerable<string> Files(string[] given) => given
        .SelectMany(g => Directory.Exists(g) ? Directory.EnumerateFiles(g, "*.jsonl") : [g])
        .Distinct()
        .Select(f => File.Exists(f) ? f : throw new MisuseException($"There is no file '{f}'."))
        .OrderBy(f => Path.GetFileNameWithoutExtension(f).Split('.') is [_, var last, ..] && long.TryParse(last, CultureInfo.InvariantCulture, out var n) ? n : long.MaxValue)
        .ThenBy(f => f, StringComparer.Ordinal);

    private static int Report(CommandContext context, Verdict verdict)
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

    private sealed record Verdict(bool Intact, long Records, long? First, long Last, string LastHash, string? File, int? Line, string? Problem);
}
