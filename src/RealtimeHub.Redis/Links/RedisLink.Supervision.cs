using System.Globalization;
using StackExchange.Redis;

namespace RealtimeHub.Redis.Links;

// Whether what is announced arrives, and what to do when it does not.
internal sealed partial class RedisLink
{
    private readonly string _probe;
    private readonly SemaphoreSlim _look = new(0, 1);
    private Task _supervising = Task.CompletedTask;
    private TaskCompletionSource? _probeHeard;
    private string _probeText = "";
    private volatile bool _isUp;
    private volatile int _restarts;
    private int _away;
    private long _awaySince;

    /// <summary>Whether announcements arrive, as far as is known.</summary>
    public bool IsUp => _isUp;

    /// <summary>For how long the server has been away; zero while it is there.</summary>
    public TimeSpan AwayFor => Volatile.Read(ref _away) == 0 ? TimeSpan.Zero : _clock.GetElapsedTime(Volatile.Read(ref _awaySince));

    /// <summary>Whether the link was built anew as often as it may be, in vain.</summary>
    public bool HasFailed => _restarts >= _options.MaxRestarts;

    /// <summary>Called when the server seems to have gone.</summary>
    public Action? Lost { get; set; }

    /// <summary>Called when announcements arrive again, before anybody relies on it; what was missed is to be read now. Returns how many channels were.</summary>
    public Func<Task<int>>? Returned { get; set; }

    /// <summary>Begins to look after the link.</summary>
    public void Start() => _supervising = Task.Run(SuperviseAsync);

    private void Suspect(string reason)
    {
        _isUp = false;
        if (!_stopping.IsCancellationRequested && Interlocked.Exchange(ref _away, 1) == 0)
        {
            Volatile.Write(ref _awaySince, _clock.GetTimestamp());
            RedisLog.Away(_logger, Endpoint.Name, reason);
            Lost?.Invoke();
        }

        LookNow();
    }

    private void LookNow()
    {
        try
        {
            _look.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody has said so already.
        }
    }

    private async Task SuperviseAsync()
    {
        var lastRestart = _clock.GetTimestamp();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (await ProbeAsync())
                {
                    if (!_isUp)
                    {
                        await ReturnAsync();
                    }

                    lastRestart = _clock.GetTimestamp();
                    _restarts = 0;
                }
                else
                {
                    Suspect("NoAnnouncement");
                    if (_clock.GetElapsedTime(lastRestart) >= _options.SupervisionInterval)
                    {
                        lastRestart = _clock.GetTimestamp();
                        await RestartAsync();
                    }
                }

                // Away, it is looked for often: who publishes is told at once, and who reads wants to go on.
                var pause = _isUp ? _options.SupervisionInterval : TimeSpan.FromMilliseconds(Math.Min(500, _options.SupervisionInterval.TotalMilliseconds));
                await WaitAsync(pause, isWoken: _isUp);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A link that nobody looks after would never come back.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RedisLog.SupervisionFailed(_logger, exception, Endpoint.Name);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None);
            }
        }
    }

    private async Task WaitAsync(TimeSpan pause, bool isWoken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var due = Task.Delay(pause, _clock, either.Token);
        if (isWoken)
        {
            var woken = _look.WaitAsync(either.Token);
            await Task.WhenAny(due, woken);
            await either.CancelAsync();
            await woken.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _stopping.Token.ThrowIfCancellationRequested();
        }
        else
        {
            await due;
        }
    }

    // Announces something and waits until it is heard: commands go out, announcements come in.
    private async Task<bool> ProbeAsync()
    {
        try
        {
            var connection = _connection ?? await ConnectAsync(_stopping.Token);
            var subscriber = connection.GetSubscriber();
            if (!_listeners.ContainsKey(_probe))
            {
                _listeners[_probe] = HearProbe;
                await SubscribeAsync(connection, _probe).WaitAsync(_options.CallTimeout, _clock, _stopping.Token);
            }

            // Answered after whatever the library subscribes to by itself when it has connected again.
            await subscriber.PingAsync().WaitAsync(_options.CallTimeout, _clock, _stopping.Token);
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var text = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
            (_probeText, _probeHeard) = (text, heard);
            await connection.GetDatabase(Endpoint.Database).PublishAsync(_probe, text).WaitAsync(_options.CallTimeout, _clock, _stopping.Token);
            await heard.Task.WaitAsync(_options.CallTimeout, _clock, _stopping.Token);
            return true;
        }
        catch (Exception exception) when (IsAway(exception))
        {
            return false;
        }
    }

    private void HearProbe(byte[] message)
    {
        if (System.Text.Encoding.UTF8.GetString(message) == _probeText)
        {
            _probeHeard?.TrySetResult();
        }
    }

    private async Task ReturnAsync()
    {
        _breaker.Succeeded();
        _isUp = true;
        var channels = Returned is { } returned ? await returned() : 0;
        if (_isUp && Interlocked.Exchange(ref _away, 0) == 1)
        {
            RedisLog.Back(_logger, Endpoint.Name, channels);
        }
    }

    private async Task RestartAsync()
    {
        if (_restarts < _options.MaxRestarts)
        {
            _restarts++;
        }

        RedisLog.LinkRestarted(_logger, Endpoint.Name, _restarts);
        await _connecting.WaitAsync(_stopping.Token);
        ConnectionMultiplexer? before;
        try
        {
            before = _connection;
            _connection = null;
        }
        finally
        {
            _connecting.Release();
        }

        before?.Dispose();
        try
        {
            var connection = await ConnectAsync(_stopping.Token);
            foreach (var channel in _listeners.Keys)
            {
                await SubscribeAsync(connection, channel).WaitAsync(_options.CallTimeout, _clock, _stopping.Token);
            }
        }
        catch (Exception exception) when (IsAway(exception))
        {
            // The next look finds out.
        }
    }
}
