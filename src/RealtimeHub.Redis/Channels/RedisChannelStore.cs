using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Redis.Links;
using StackExchange.Redis;

namespace RealtimeHub.Redis.Channels;

/// <summary>The store that several nodes share: Redis gives offsets, keeps history and announces, and this node's logs follow where somebody reads.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RedisChannelStore : IChannelStore, IDisposable
{
    private readonly ConcurrentDictionary<string, FollowedChannel> _followed = new(StringComparer.Ordinal);
    private readonly ChannelDirectory _directory;
    private readonly RedisLinks _links;
    private readonly RedisOptions _options;
    private readonly RedisMetrics _metrics;
    private readonly EngineMetrics _engine;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisChannelStore> _logger;
    private ITimer? _timer;
    private Task _looking = Task.CompletedTask;

    public RedisChannelStore(
        ChannelDirectory directory, RedisLinks links, IOptions<RedisOptions> options, RedisMetrics metrics, EngineMetrics engine, TimeProvider clock, ILogger<RedisChannelStore> logger)
    {
        (_directory, _links, _options, _metrics, _engine, _clock, _logger) = (directory, links, options.Value, metrics, engine, clock, logger);
        _directory.Watched = channel => _ = FollowSoonAsync(channel);
        foreach (var link in links.All)
        {
            link.Lost = () => CutOff(link);
            link.Returned = () => CatchUpAsync(link);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var link in _links.All)
        {
            link.Start();
        }

        _timer = _clock.CreateTimer(static state => ((RedisChannelStore)state!).Look(), this, _options.PositionCheckInterval, _options.PositionCheckInterval);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        Dispose();
        await _looking;
    }

    public void Dispose() => _timer?.Dispose();

    public async ValueTask<Channel?> FindAsync(ChannelName channel, CancellationToken cancellationToken = default)
    {
        if (!_followed.ContainsKey(channel.Value))
        {
            var keys = new ChannelKeys(_links.Prefix, channel.Value);
            if (!await _links.For(channel.Value).CallAsync((database, _) => database.KeyExistsAsync(keys.Log[0]), cancellationToken))
            {
                return null;
            }
        }

        return await OpenAsync(channel, cancellationToken);
    }

    public async ValueTask<Channel?> OpenAsync(ChannelName channel, CancellationToken cancellationToken = default)
    {
        if (!_directory.TryGetOrAdd(channel, out var found))
        {
            return null;
        }

        found.Touch();
        var followed = Followed(found);
        if (!followed.IsLoaded)
        {
            await followed.Link.ListenAsync(followed.Keys.Announcements, followed.Hear, cancellationToken);
            await followed.CatchUpAsync("open", cancellationToken);
        }

        return found;
    }

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_directory.TryGetFamily(request.Channel, out var family))
        {
            throw new ArgumentException($"No channel family fits {request.Channel}.", nameof(request));
        }

        if (family.IsGoverned && request.Envelopes.Any(e => e.Governance is null))
        {
            throw new InvalidOperationException($"Frames of {family.Name} carry governance; an envelope has none.");
        }

        var name = request.Channel.Value;
        var followed = _followed.GetValueOrDefault(name);
        var keys = followed?.Keys ?? new ChannelKeys(_links.Prefix, name);
        var append = new AppendCall(request, family, keys, followed is { IsLoaded: true } known ? known.Channel.Log.Position : new StreamPosition("", 0));
        var reply = (RedisResult[])(await _links.For(name).EvaluateAsync(RedisScript.Append, append.Keys, append.Values, cancellationToken))!;
        var result = append.Parse(reply);
        for (var i = 0; i < result.Entries.Count && !result.IsRepeat; i++)
        {
            if (!result.Entries[i].IsDuplicate)
            {
                _engine.Published();
            }
        }

        return result;
    }

    public async ValueTask<string?> RenewAsync(ChannelName channel, string reason, string? version = null, CancellationToken cancellationToken = default)
    {
        var followed = _followed.GetValueOrDefault(channel.Value);
        var keys = followed?.Keys ?? new ChannelKeys(_links.Prefix, channel.Value);
        var isFenced = followed is not null && (version is null || (followed.Channel.Version is { } before && before != version));
        var epoch = isFenced ? followed!.Fence(reason) : ChannelLog.NewEpoch();
        try
        {
            var renewed = (string)(await _links.For(channel.Value).EvaluateAsync(
                RedisScript.Renew, keys.Log, _ => [keys.Announcements, epoch, reason, version ?? ""], cancellationToken))!;
            if (followed is not null)
            {
                followed.Channel.Version = version;
            }

            if (isFenced)
            {
                followed!.EndFence();
            }

            if (followed is not null)
            {
                await followed.CatchUpAsync("fence", cancellationToken);
            }

            return renewed.Length > 0 ? renewed : null;
        }
        catch (Exception) when (isFenced && version is null)
        {
            followed!.EndFence();
            throw;
        }
    }

    private FollowedChannel Followed(Channel channel)
    {
        var followed = _followed.GetOrAdd(channel.Name, _ => New(channel));
        if (!ReferenceEquals(followed.Channel, channel))
        {
            // The directory had forgotten the channel, which nobody read and which held nothing, and started it anew.
            followed = _followed[channel.Name] = New(channel);
        }

        return followed;
    }

    private FollowedChannel New(Channel channel) =>
        new(channel, _links.For(channel.Name), new ChannelKeys(_links.Prefix, channel.Name), _metrics, _logger);

    // A reader that was sent to a channel, rather than having it opened.
    private async Task FollowSoonAsync(Channel channel)
    {
        try
        {
            if (!Followed(channel).IsLoaded)
            {
                await OpenAsync(ChannelName.Parse(channel.Name));
            }
        }
        catch (ChannelStoreUnavailableException)
        {
            // Whoever reads it is told, and the return of the store opens it.
            channel.CutOff(true);
        }
    }

    private void CutOff(RedisLink link)
    {
        foreach (var followed in _followed.Values)
        {
            if (followed.Link == link)
            {
                followed.Channel.CutOff(true);
            }
        }
    }

    private async Task<int> CatchUpAsync(RedisLink link)
    {
        var mine = _followed.Values.Where(f => f.Link == link).ToList();
        var done = await Task.WhenAll(mine.Select(CatchUpAsync));
        return done.Count(d => d);
    }

    private async Task<bool> CatchUpAsync(FollowedChannel followed)
    {
        try
        {
            if (followed.IsLoaded)
            {
                await followed.CatchUpAsync("return", CancellationToken.None);
            }
            else
            {
                await OpenAsync(ChannelName.Parse(followed.Channel.Name));
            }

            followed.Channel.CutOff(false);
            return true;
        }
        catch (ChannelStoreUnavailableException)
        {
            return false;
        }
    }

    private void Look()
    {
        if (_looking.IsCompleted)
        {
            _looking = LookAsync();
        }
    }

    // An announcement can be lost with the connection that was to bring it; no reader waits longer for it than this takes.
    private async Task LookAsync()
    {
        foreach (var followed in _followed.Values)
        {
            var channel = followed.Channel;
            if (channel.CursorCount == 0 && channel.Acks is null && _clock.GetUtcNow() - channel.LastUsed >= _options.FollowIdleTime)
            {
                await UnfollowAsync(followed);
            }
            else if (followed is { IsLoaded: true, Link.IsUp: true })
            {
                await CheckAsync(followed);
            }
        }
    }

    private async Task UnfollowAsync(FollowedChannel followed)
    {
        if (_followed.TryRemove(new KeyValuePair<string, FollowedChannel>(followed.Channel.Name, followed)))
        {
            followed.Channel.Log.Adopt(followed.Channel.Log.Position, "");
            await followed.Link.UnlistenAsync(followed.Keys.Announcements, followed.Hear);
        }
    }

    private async Task CheckAsync(FollowedChannel followed)
    {
        try
        {
            var here = followed.Channel.Log.Position;
            var there = await followed.Link.CallAsync(
                (database, _) => database.HashGetAsync(followed.Keys.Log[0], ["epoch", "newest"]), CancellationToken.None, retries: 0);
            if (there[0] != here.Epoch || (long)there[1] != here.Offset)
            {
                // It may have been announced while this was asked; then there is nothing to read.
                await followed.CatchUpAsync("check", CancellationToken.None);
            }
        }
        catch (ChannelStoreUnavailableException)
        {
            // The link knows, and says so.
        }
    }
}
