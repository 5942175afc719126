using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Channels;
using StackExchange.Redis;

namespace RealtimeHub.Redis.Links;

/// <summary>One Redis server: calls with bounded retries behind a circuit breaker, and one listener for all that is announced there.</summary>
/// <remarks>Thread-safe. Whoever listens is called in the order of the announcements, one at a time, and must not block.</remarks>
internal sealed partial class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Action<byte[]>> _listeners = new(StringComparer.Ordinal);
    private readonly RedisOptions _options;
    private readonly RedisMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CircuitBreaker _breaker;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private volatile ConnectionMultiplexer? _connection;

    public RedisLink(RedisEndpoint endpoint, string node, RedisOptions options, RedisMetrics metrics, TimeProvider clock, ILogger logger)
    {
        (Endpoint, _options, _metrics, _clock, _logger) = (endpoint, options, metrics, clock, logger);
        _breaker = new CircuitBreaker(options.BreakerFailures, options.BreakerPause, clock);
        _probe = $"{options.KeyPrefix}probe:{node}";
    }

    public RedisEndpoint Endpoint { get; }

    /// <summary>Calls a script.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The server is away, still so after the last retry, or was so recently that it is not tried.</exception>
    public Task<RedisResult> EvaluateAsync(
        RedisScript script, RedisKey[] keys, Func<int, RedisValue[]> valuesOfAttempt, CancellationToken cancellationToken, int? retries = null) =>
        CallAsync(
            (database, attempt) => database.ScriptEvaluateAsync(script.Text, keys, valuesOfAttempt(attempt)), cancellationToken, retries);

    /// <summary>Makes a call, again if need be.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The server is away, still so after the last retry, or was so recently that it is not tried.</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, int, Task<T>> call, CancellationToken cancellationToken, int? retries = null)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (!_breaker.TryEnter())
            {
                _metrics.Called("refused");
                throw Unavailable(null);
            }

            try
            {
                var result = await AttemptAsync(call, attempt, cancellationToken);
                _breaker.Succeeded();
                _metrics.Called("done");
                if (attempt > 0)
                {
                    _metrics.Retried("done");
                }

                return result;
            }
            catch (Exception exception) when (IsAway(exception))
            {
                _breaker.Failed();
                _metrics.Called("failed");
                Suspect(exception.GetType().Name);
                if (attempt >= (retries ?? _options.Retries) || _stopping.IsCancellationRequested)
                {
                    if (attempt > 0)
                    {
                        _metrics.Retried("failed");
                    }

                    throw Unavailable(exception);
                }
            }

            await Task.Delay(DelayBefore(attempt + 1), _clock, cancellationToken);
        }
    }

    /// <summary>Hears what is announced on a Pub/Sub channel from here on, until <see cref="UnlistenAsync"/>, over every loss of the connection.</summary>
    public async Task ListenAsync(string channel, Action<byte[]> heard, CancellationToken cancellationToken)
    {
        _listeners[channel] = heard;
        try
        {
            await CallAsync(
                async (database, _) =>
                {
                    await SubscribeAsync(database.Multiplexer, channel);
                    return true;
                },
                cancellationToken);
        }
        catch
        {
            _listeners.TryRemove(channel, out _);
            throw;
        }
    }

    /// <summary>Hears no more of a channel.</summary>
    public async Task UnlistenAsync(string channel, Action<byte[]> heard)
    {
        // Somebody else may listen to it by now.
        if (_listeners.TryRemove(new KeyValuePair<string, Action<byte[]>>(channel, heard)) && _connection is { } connection)
        {
            try
            {
                await connection.GetSubscriber().UnsubscribeAsync(channel).WaitAsync(_options.CallTimeout, _clock);
            }
            catch (Exception exception) when (IsAway(exception))
            {
                // What is heard nevertheless goes to nobody.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervising;
        _connection?.Dispose();
        _connecting.Dispose();
        _stopping.Dispose();
    }

    private static bool IsAway(Exception exception) => exception
        is RedisException or TimeoutException or ObjectDisposedException;

    private async Task<T> AttemptAsync<T>(Func<IDatabase, int, Task<T>> call, int attempt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ?? await ConnectAsync(cancellationToken);
        var database = connection.GetDatabase(Endpoint.Database);
        try
        {
            return await call(database, attempt).WaitAsync(_options.CallTimeout, _clock, cancellationToken);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server has been started anew since; the library knows by now.
            return await call(database, attempt).WaitAsync(_options.CallTimeout, _clock, cancellationToken);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { } known)
            {
                return known;
            }

            var connection = await ConnectAsync(Configuration(), cancellationToken);
            connection.ConnectionFailed += (_, failure) => Suspect(failure.FailureType.ToString());
            connection.ConnectionRestored += (_, _) => LookNow();
            _connection = connection;
            return connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    // It ends by itself, connected or not; one that does so too late is not left behind.
    private async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration, CancellationToken cancellationToken)
    {
        var connecting = ConnectionMultiplexer.ConnectAsync(configuration);
        try
        {
            return await connecting.WaitAsync(2 * _options.CallTimeout, _clock, cancellationToken);
        }
        catch
        {
            _ = connecting.ContinueWith(static t => t.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    private ConfigurationOptions Configuration()
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            AllowAdmin = false,
            ClientName = "realtimehub",
            ConnectRetry = 1,
            ConnectTimeout = (int)_options.CallTimeout.TotalMilliseconds,
            ConfigurationChannel = "",
            TieBreaker = "",
            DefaultDatabase = Endpoint.Database,
            DefaultVersion = new Version(7, 0),
            KeepAlive = 10,
            Password = Endpoint.Password,
            ReconnectRetryPolicy = new LinearRetry(1_000),
            Ssl = Endpoint.IsTls,
            SslHost = Endpoint.IsTls ? _options.TlsHost ?? Endpoint.Host : null,
            SyncTimeout = (int)_options.CallTimeout.TotalMilliseconds,
        };
        configuration.EndPoints.Add(Endpoint.Host, Endpoint.Port);
        return configuration;
    }

    private Task SubscribeAsync(ConnectionMultiplexer connection, string channel) =>
        connection.GetSubscriber().SubscribeAsync(channel, (_, message) =>
        {
            if (_listeners.TryGetValue(channel, out var heard))
            {
                try
                {
                    heard(message!);
                }
#pragma warning disable CA1031 // Thrown into the library it would be lost, or end the listener.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    RedisLog.AnnouncementFailed(_logger, exception, channel);
                }
            }
        });

    // 1 s, 2 s, 4 s … 30 s, and 10 to 30 % more.
    private TimeSpan DelayBefore(int retry)
    {
        var delay = Math.Min(LongestDelay.TotalMilliseconds, _options.RetryDelay.TotalMilliseconds * Math.Pow(2, retry - 1));
        return TimeSpan.FromMilliseconds(delay * (1.1 + (0.2 * Random.Shared.NextDouble())));
    }

    private ChannelStoreUnavailableException Unavailable(Exception? reason) => new(
        string.Create(CultureInfo.InvariantCulture, $"The store that the nodes share is away{(reason is null ? "" : $" ({reason.GetType().Name})")}; nothing was accepted, try again later."), reason);
}
