using System.Diagnostics;
using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace RealtimeHub.Benchmarks.Sharing;

/// <summary>A plain Redis PUB/SUB relay, as common backplanes are: no offsets, no history, nothing is noticed when it is lost.</summary>
internal sealed class PlainRelay : IMessageRoad
{
    private const string Channel = "plain";

    private readonly ConnectionMultiplexer _connection;

    public PlainRelay(string endpoint) => _connection = ConnectionMultiplexer.Connect(endpoint);

    public Task ListenAsync(Action<int, long> heard) => _connection.GetSubscriber().SubscribeAsync(Channel, (_, message) =>
    {
        var text = Encoding.UTF8.GetString((byte[])message!);
        heard(int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture), Stopwatch.GetTimestamp());
    });

    public Task SendAsync(int first, int count, string payload)
    {
        var database = _connection.GetDatabase();
        var sends = new Task[count];
        for (var i = 0; i < count; i++)
        {
            sends[i] = database.PublishAsync(Channel, $"{first + i} \"{payload}\"");
        }

        return count == 1 ? sends[0] : Task.WhenAll(sends);
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
