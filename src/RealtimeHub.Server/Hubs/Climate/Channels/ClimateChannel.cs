using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>A derived channel that frames are made for, and when the next one is due.</summary>
/// <remarks>Thread-safe. Frames are made one at a time, under <see cref="Making"/>.</remarks>
internal sealed class ClimateChannel(ChannelName name, ClimatePlan plan, ClimateChannel? finer, DateTimeOffset now)
{
    private long _dueTicks;
    private long _intervalTicks = plan.Interval.Ticks;
    private long _readTicks = now.UtcTicks;
    private int _repeat;
    private volatile DataClock? _clock;

    public ChannelName Name { get; } = name;

    public ClimateSpec Spec => plan.Spec;

    public CareRequest Request => plan.Request;

    /// <summary>The points that its frames show; of a tile, whose pixels lie between points, those that the policy says.</summary>
    public GridWindow? Delivered => DeliveredBy(plan.Spec);

    /// <summary>The channel of which this is the coarser sibling; while that has readers this one is kept.</summary>
    public ClimateChannel? Finer { get; } = finer;

    /// <summary>Held while a frame is made.</summary>
    public SemaphoreSlim Making { get; } = new(1);

    /// <summary>The clock that its times come from; null before the first frame and after the source's times have changed.</summary>
    public DataClock? Clock
    {
        get => _clock;
        set => _clock = value;
    }

    /// <summary>When the next frame is due, by the wall clock.</summary>
    public DateTimeOffset Due
    {
        get => new(Volatile.Read(ref _dueTicks), TimeSpan.Zero);
        set => Volatile.Write(ref _dueTicks, value.UtcTicks);
    }

    /// <summary>Wall time between its frames: what its fastest reader wants. Zero for one frame.</summary>
    public TimeSpan Interval
    {
        get => new(Volatile.Read(ref _intervalTicks));
        set => Volatile.Write(ref _intervalTicks, value.Ticks);
    }

    /// <summary>Whether what it has shown is forgotten, and nothing was shown since.</summary>
    public bool IsForgotten => ((FrameRepeat)Volatile.Read(ref _repeat)).HasFlag(FrameRepeat.NewPolicy);

    /// <summary>When it last had a reader.</summary>
    public DateTimeOffset LastRead
    {
        get => new(Volatile.Read(ref _readTicks), TimeSpan.Zero);
        set => Volatile.Write(ref _readTicks, value.UtcTicks);
    }

    /// <summary>The step of the clock that the newest frame was of; used while a frame is made.</summary>
    public long? NewestStep { get; set; }

    /// <summary>When the newest frame was due, by the wall clock; used while a frame is made.</summary>
    public DateTimeOffset? NewestWall { get; set; }

    /// <summary>Whether the last attempt to make a frame failed; used while a frame is made.</summary>
    public bool IsFailing { get; set; }

    /// <summary>The checksum of the newest frame; used while a frame is made.</summary>
    public string? NewestMultihash { get; set; }

    /// <summary>The activity that made the newest frame.</summary>
    public string? NewestActivity { get; set; }

    /// <summary>Whether its one frame, or the last of its history, was published.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Has frames come as fast as a new reader wants them.</summary>
    public void Quicken(TimeSpan interval, DateTimeOffset now)
    {
        if (Spec.Time is null && interval < Interval)
        {
            Interval = interval;
            Due = now;
        }
    }

    /// <summary>Has the newest frame come again.</summary>
    public void Repeat(FrameRepeat why) => Interlocked.Or(ref _repeat, (int)why);

    /// <summary>Why the newest frame has to come again; it is taken to come now.</summary>
    public FrameRepeat TakeRepeat() => (FrameRepeat)Interlocked.Exchange(ref _repeat, 0);

    public static GridWindow? DeliveredBy(ClimateSpec spec) =>
        spec.Kind == FrameKinds.Tile ? null : new GridWindow(spec.Window.Row, spec.Window.Column, spec.Window.Rows, spec.Window.Columns);
}
