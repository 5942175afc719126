using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Cli.Watching;

/// <summary>What the live screen shows: the newest status, a little of its past, and the channels with their rates. Thread-safe.</summary>
internal sealed class TopState(TimeProvider time)
{
    private const int HistoryLength = 48;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Sequence, string Epoch)> _before = [];
    private readonly List<double>[] _history = [[], [], [], []];
    private IReadOnlyList<ChannelRate> _channels = [];
    private SystemStatus? _status;
    private long? _listedAt;

    public string Connection { get; private set; } = "connecting";

    public (SystemStatus? Status, IReadOnlyList<ChannelRate> Channels, IReadOnlyList<IReadOnlyList<double>> History) Read()
    {
        lock (_gate)
        {
            return (_status, _channels, [.. _history.Select(h => h.ToArray())]);
        }
    }

    public void Connected(string state) => Connection = state;

    public void Take(SystemStatus status)
    {
        lock (_gate)
        {
            _status = status;
            double[] values =
            [
                status.Cpu.ProcessPercent, status.Memory.ProcessBytes, status.Delivery.FramesPublishedPerSecond, status.Delivery.FramesDeliveredPerSecond,
            ];
            foreach (var (history, value) in _history.Zip(values))
            {
                history.Add(value);
                if (history.Count > HistoryLength)
                {
                    history.RemoveAt(0);
                }
            }
        }
    }

    public void Take(IReadOnlyList<ChannelSummary> channels)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var seconds = _listedAt is { } before ? time.GetElapsedTime(before, now).TotalSeconds : 0;
            _channels = [.. channels.Select(c => new ChannelRate(c, Rate(c, seconds))).OrderByDescending(c => c.FramesPerSecond).ThenByDescending(c => c.Channel.Subscriptions)];
            _before.Clear();
            foreach (var channel in channels)
            {
                _before[channel.Channel] = (channel.Sequence, channel.Epoch);
            }

            _listedAt = now;
        }
    }

    private double Rate(ChannelSummary channel, double seconds) =>
        seconds > 0 && _before.TryGetValue(channel.Channel, out var before) && before.Epoch == channel.Epoch ? (channel.Sequence - before.Sequence) / seconds : 0;
}
