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
        var wanted = context.Parsed.GetValue(_last);
        var total = new Verdict(true, 0, null, 0, AuditChain.Origin, null, null, null);
        var isFound = wanted is null;

        // Each process of a server writes a chain of its own, under its own name.
        foreach (var chain in Files(context.Parsed.GetValue(_files) ?? []).GroupBy(f => Path.GetFileName(f).Split('.')[0]))
        {
            var verifier = new AuditVerifier(secret);
            foreach (var file in chain)
            {
                var number = 0;
                await foreach (var line in File.ReadLinesAsync(file, cancellationToken).ConfigureAwait(false))
                {
                    number++;
                    if (verifier.Take(line) is { } problem)
                    {
                        return Report(context, Add(total, verifier) with { Intact = false, File = file, Line = number, Problem = problem });
                    }

                    isFound |= verifier.LastHash == wanted;
                }
            }

            total = Add(total, verifier);
        }

        var complaint = !isFound ? "The noted record is not there: the end was cut off, or the files are others."
            : total.Records == 0 ? "There are no records."
            : null;
        return Report(context, total with { Intact = complaint is null, Problem = complaint });
    }

    private static Verdict Add(Verdict total, AuditVerifier verifier) => total with
    {
        Records = total.Records + verifier.Records,
        First = total.First ?? verifier.FirstSequence,
        Last = verifier.LastSequence,
        LastHash = verifier.LastHash,
    };

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
