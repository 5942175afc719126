using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RealtimeHub.Protocol.Audit;

/// <summary>Reads the lines of a chain in order and tells the first that does not fit. Used by one thread.</summary>
/// <param name="secret">The secret of the chain; null for plain hashes.</param>
public sealed class AuditVerifier(byte[]? secret)
{
    private string? _previous;

    /// <summary>How many lines fit.</summary>
    public long Records { get; private set; }

    /// <summary>The number of the first line; null before there is one. Above 1, earlier files are missing.</summary>
    public long? FirstSequence { get; private set; }

    /// <summary>The number of the last line that fits.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The hash of the last line that fits.</summary>
    public string LastHash => _previous ?? AuditChain.Origin;

    /// <summary>Takes the next line.</summary>
    /// <returns>What is wrong with it; null if it fits.</returns>
    public string? Take(string line)
    {
        if (!AuditChain.TrySplit(line, out var body, out var hash))
        {
            return "The line is not a record with a hash at its end.";
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(AuditChain.HashOf(body, secret)), Encoding.ASCII.GetBytes(hash)))
        {
            return "The record was changed, or was written with another secret: its hash does not fit its text.";
        }

        long sequence;
        string? previous;
        try
        {
            using var document = JsonDocument.Parse(line);
            sequence = document.RootElement.GetProperty("seq").GetInt64();
            previous = document.RootElement.GetProperty("prev").GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "The line is not a record with seq and prev.";
        }

        if (FirstSequence is null)
        {
            FirstSequence = sequence;
            if (sequence == 1 && previous != AuditChain.Origin)
            {
                return "The first record names one before it.";
            }
        }
        else if (sequence != LastSequence + 1 || previous != _previous)
        {
            return $"Records are missing, were put in or changed places: after record {LastSequence} comes {sequence}.";
        }

        Records++;
        LastSequence = sequence;
        _previous = hash;
        return null;
    }
}
