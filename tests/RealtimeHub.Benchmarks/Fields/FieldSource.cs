using System.Globalization;
using System.Threading.Channels;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Benchmarks.Fields;

/// <summary>Makes fields of 61 x 41 x 2 numbers and gives each to every reader of either way. Thread-safe.</summary>
internal sealed class FieldSource(TimeProvider clock, IChannelStore? store = null)
{
    private static readonly int[] Shape = [2, 41, 61];

    private readonly Lock _gate = new();
    private readonly List<ChannelWriter<float[]>> _readers = [];
    private int _published;

    public static ChannelName Channel { get; } = ChannelName.Parse("bench");

    public static ChannelFamily Family { get; } = new()
    {
        Name = Channel.Value,
        Target = "frame",
        Retention = RetentionLimits.Default with { MaxFrames = 64 },
    };

    public void Add(ChannelWriter<float[]> reader)
    {
        lock (_gate)
        {
            _readers.Add(reader);
        }
    }

    /// <summary>Publishes the next field.</summary>
    public async Task PublishAsync()
    {
        var field = Field(++_published);
        lock (_gate)
        {
            _readers.ForEach(reader => reader.TryWrite(field));
        }

        if (store is not null)
        {
            var envelope = new Envelope
            {
                Type = "bench.field",
                Timestamp = clock.GetUtcNow(),
                EventId = _published.ToString("x16", CultureInfo.InvariantCulture),
                Blocks = new Dictionary<string, FloatBlock> { ["wind"] = FloatBlock.Of(field, Shape, "m s-1") },
            };
            await store.AppendAsync(new AppendRequest(Channel, [envelope]));
        }
    }

    // A wind that turns with the time: all digits of the numbers matter, as in a model's output.
    private static float[] Field(int step)
    {
        var field = new float[Shape[0] * Shape[1] * Shape[2]];
        for (var i = 0; i < field.Length; i++)
        {
            field[i] = (float)(12.5 * Math.Sin((i * 0.0137) + (step * 0.11)) + (3.7 * Math.Cos(i * 0.171)));
        }

        return field;
    }
}
