using System.Globalization;

namespace RealtimeHub.Protocol.Audit;

/// <summary>Checks audit files: each process of a server writes a chain of its own, under its own name, into a row of files.</summary>
public static class AuditFiles
{
    /// <summary>The order in which files were written.</summary>
    /// <remarks>Rotated files carry the number of their last record before the extension; the file that is being written has none and comes last.</remarks>
    public static IEnumerable<string> InOrder(IEnumerable<string> files) => files
        .Distinct()
        .OrderBy(f => Path.GetFileNameWithoutExtension(f).Split('.') is [_, var last, ..] && long.TryParse(last, CultureInfo.InvariantCulture, out var n) ? n : long.MaxValue)
        .ThenBy(f => f, StringComparer.Ordinal);

    /// <summary>Checks every chain among the files, up to the first problem.</summary>
    /// <param name="files">The files, in any order.</param>
    /// <param name="secret">The secret of keyed chains; null for plain hashes.</param>
    /// <param name="lastHash">The hash of a record that must be there; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<AuditVerdict> VerifyAsync(IEnumerable<string> files, byte[]? secret, string? lastHash, CancellationToken cancellationToken = default)
    {
        var total = new AuditVerdict(true, 0, null, 0, AuditChain.Origin, null, null, null);
        var isFound = lastHash is null;
        foreach (var chain in InOrder(files).GroupBy(f => Path.GetFileName(f).Split('.')[0]))
        {
            var verifier = new AuditVerifier(secret);
            foreach (var file in chain)
            {
                var number = 0;
                await foreach (var line in ReadAsync(file, cancellationToken))
                {
                    number++;
                    if (verifier.Take(line) is { } problem)
                    {
                        return Add(total, verifier) with { Intact = false, File = file, Line = number, Problem = problem };
                    }

                    isFound |= verifier.LastHash == lastHash;
                }
            }

            total = Add(total, verifier);
        }

        var complaint = !isFound ? "The noted record is not there: the end was cut off, or the files are others."
            : total.Records == 0 ? "There are no records."
            : null;
        return total with { Intact = complaint is null, Problem = complaint };
    }

    private static AuditVerdict Add(AuditVerdict total, AuditVerifier verifier) => total with
    {
        Records = total.Records + verifier.Records,
        First = total.First ?? verifier.FirstSequence,
        Last = verifier.LastSequence,
        LastHash = verifier.LastHash,
    };

    // The server may have the file open for writing.
    private static async IAsyncEnumerable<string> ReadAsync(
        string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }
}
