using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Auth.Revocation;

/// <summary>What is revoked. Thread-safe. With a file it outlives restarts, and nodes that share the file hear of each other's within seconds.</summary>
internal sealed class RevocationList(IOptions<AuthOptions> options, TimeProvider clock)
{
    private const int MaxEntries = 1_000_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _credentials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _principals = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly string? _file = options.Value.RevocationFile;
    private long _read;
    private Exception? _failure;
    private volatile bool _isOutdated;

    /// <summary>Whether what is revoked is known; while it is not, everybody is refused.</summary>
    public bool IsReadable => Volatile.Read(ref _failure) is null && !_isOutdated;

    /// <summary>Whether an identity is revoked.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read: deny.</exception>
    public bool Covers(Identity identity)
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw new InvalidDataException($"The revocations in {_file} cannot be read.", failure);
        }

        if (_isOutdated)
        {
            throw new InvalidDataException("What other nodes have revoked is not known.");
        }

        var credential = identity.Credential;
        return _credentials.ContainsKey(credential.Id)
            || (credential.BegunWith is { } first && _credentials.ContainsKey(first))
            || (_principals.TryGetValue(identity.Principal.Id, out var at) && !(credential.IssuedAt > at));
    }

    /// <summary>Revokes; kept before it returns.</summary>
    public void Add(Revocation revocation)
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                File.AppendAllText(_file, JsonSerializer.Serialize(revocation, RevocationJsonContext.Default.Revocation) + "\n");
            }

            Take(revocation);
        }
    }

    /// <summary>Takes up what another node has revoked.</summary>
    public void Hear(Revocation revocation)
    {
        lock (_gate)
        {
            Take(revocation);
        }
    }

    /// <summary>Says whether what other nodes have revoked has been unknown for too long.</summary>
    public void Outdate(bool isOutdated) => _isOutdated = isOutdated;

    /// <summary>All that is revoked.</summary>
    public IReadOnlyList<Revocation> All() =>
        [.. _credentials.Select(c => new Revocation(null, c.Key, c.Value, null)), .. _principals.Select(p => new Revocation(p.Key, null, p.Value, null))];

    /// <summary>Takes up what was added to the file since the last look.</summary>
    public void Refresh()
    {
        if (_file is null)
        {
            return;
        }

        lock (_gate)
        {
            try
            {
                ReadNew(_file);
                Volatile.Write(ref _failure, null);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
            {
                Volatile.Write(ref _failure, exception);
            }
        }
    }

    private void ReadNew(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.Length == _read)
        {
            return;
        }

        // What was taken out of the file by hand is forgiven at the next start.
        stream.Position = stream.Length < _read ? 0 : _read;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var complete = text.LastIndexOf('\n') + 1;
        foreach (var line in text[..complete].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Take(JsonSerializer.Deserialize(line, RevocationJsonContext.Default.Revocation)!);
        }

        _read = stream.Length - System.Text.Encoding.UTF8.GetByteCount(text[complete..]);
    }

    private void Take(Revocation revocation)
    {
        var at = revocation.At == default ? clock.GetUtcNow() : revocation.At;
        if (_credentials.Count + _principals.Count >= MaxEntries)
        {
            throw new IOException($"There are {MaxEntries} revocations; no more can be held.");
        }

        if (revocation.Credential is { } credential)
        {
            _credentials[credential] = at;
        }

        if (revocation.Principal is { } principal)
        {
            _principals[principal] = at;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(Revocation))]
internal sealed partial class RevocationJsonContext : JsonSerializerContext;
