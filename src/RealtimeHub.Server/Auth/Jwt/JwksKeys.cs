using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeHub.Server.Auth.Jwt;

/// <summary>The keys of one issuer: from a file, read again when it changes; from a URL, fetched again when they are old or lack a key; or one shared secret.</summary>
/// <remarks>Thread-safe. Keys that cannot be had make it throw, and the request is refused; old keys from a URL serve for a day while it is away.</remarks>
internal sealed class JwksKeys(JwtIssuerOptions issuer, HttpClient http, TimeProvider clock) : IDisposable
{
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan FetchPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _gate = new(1);
    private Loaded? _loaded;
    private DateTimeOffset _lastAttempt = DateTimeOffset.MinValue;

    /// <summary>The keys, among them the one with an id if the issuer has it.</summary>
    public async ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (Current(keyId) is { } keys)
        {
            return keys;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Current(keyId) is { } meanwhile)
            {
                return meanwhile;
            }

            await LoadAsync(cancellationToken);
            return _loaded!.Keys;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // Null when they have to be loaded first.
    private IReadOnlyList<SecurityKey>? Current(string? keyId)
    {
        if (Volatile.Read(ref _loaded) is not { } loaded)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var isFresh = issuer.HmacSecret is not null
            || (issuer.JwksFile is { } file ? loaded.Version == File.GetLastWriteTimeUtc(file).Ticks : now - loaded.At < issuer.JwksLifetime);
        var isMissing = issuer.JwksUrl is not null && keyId is not null && !loaded.Keys.Any(k => k.KeyId == keyId);

        // Unknown key ids are free for everybody to send; the issuer is asked twice a minute at most.
        var mayFetch = now - _lastAttempt >= FetchPause;
        return (isFresh && !(isMissing && mayFetch)) || (issuer.JwksUrl is not null && !mayFetch && now - loaded.At < MaxStaleness) ? loaded.Keys : null;
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        _lastAttempt = now;
        if (issuer.HmacSecret is { } secret)
        {
            Volatile.Write(ref _loaded, new Loaded([new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret))], now, 0));
            return;
        }

        if (issuer.JwksFile is { } file)
        {
            var version = File.GetLastWriteTimeUtc(file).Ticks;
            Volatile.Write(ref _loaded, new Loaded(JwksReader.Read(await File.ReadAllTextAsync(file, cancellationToken)), now, version));
            return;
        }

        try
        {
            Volatile.Write(ref _loaded, new Loaded(JwksReader.Read(await FetchAsync(cancellationToken)), now, 0));
        }
        catch (Exception) when (_loaded is { } old && now - old.At < MaxStaleness && !cancellationToken.IsCancellationRequested)
        {
            // The issuer's page is away; its keys of today still are its keys.
        }
    }

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(issuer.JwksUrl, HttpCompletionOption.ResponseContentRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return response.Content.Headers.ContentLength is > MaxBytes
            ? throw new InvalidDataException($"The key set has more than {MaxBytes} bytes.")
            : await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private sealed record Loaded(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At, long Version);
}
