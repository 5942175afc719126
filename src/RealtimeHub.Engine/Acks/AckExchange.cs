using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Acks;

/// <summary>Keeps the books of acknowledgement of all nodes alike: a consumer that has come to one is known to all, and what it has acknowledged on one is settled everywhere.</summary>
/// <remarks>
/// Thread-safe. What is told is kept as long as frames are, so that a node that starts later has the same books. Channels with acknowledgement are followed by
/// every node, readers or not: a frame that nobody was there for escalates all the same.
/// </remarks>
internal sealed class AckExchange(NodeLogs logs, IChannelStore store, ChannelDirectory directory, IEnumerable<ChannelFamily> families, TimeProvider clock) : BackgroundService
{
    private const string Log = "acks";
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Channel<AckNote> _waiting = System.Threading.Channels.Channel.CreateBounded<AckNote>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!logs.AreShared)
        {
            return;
        }

        try
        {
            // Without ids there is one channel per family, which can be followed before anybody has named it.
            foreach (var family in families.Where(f => f is { HasAcks: true, HasIds: false }))
            {
                await FollowAsync(ChannelName.Parse(family.Name), stoppingToken);
            }

            await Task.WhenAll(logs.HearAsync(Log, StartPoint.Oldest, HeardAsync, null, null, stoppingToken), TellAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task FollowAsync(ChannelName name, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                if (await store.OpenAsync(name, stoppingToken) is { Acks: { } acks })
                {
                    acks.Tell = note => _waiting.Writer.TryWrite(note with { Node = logs.Node });
                }

                return;
            }
            catch (ChannelStoreUnavailableException)
            {
                await Task.Delay(Again, clock, stoppingToken);
            }
        }
    }

    // What could not be told is told again: another node would send again, or escalate, what was acknowledged here.
    private async Task TellAsync(CancellationToken stoppingToken)
    {
        await foreach (var note in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            while (true)
            {
                try
                {
                    await logs.TellAsync(Log, note, AckNoteJsonContext.Default.AckNote, stoppingToken);
                    break;
                }
                catch (ChannelStoreUnavailableException)
                {
                    await Task.Delay(Again, clock, stoppingToken);
                }
            }
        }
    }

    private ValueTask HeardAsync(JsonPayload payload)
    {
        var note = payload.To(AckNoteJsonContext.Default.AckNote)!;
        if (note.Node != logs.Node && ChannelName.TryParse(note.Channel, out var name, out _) && directory.TryGet(name, out var channel) && channel.Acks is { } acks)
        {
            var key = new ConsumerKey(note.User, note.Name);
            if (note.Acknowledged is { } offsets)
            {
                if (note.Epoch == channel.Log.Epoch)
                {
                    acks.Settle(key, offsets);
                }
            }
            else
            {
                acks.Learn(key, FilterOf(note), note.Epoch == channel.Log.Epoch ? note.Start : channel.Log.Newest);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static FrameFilter? FilterOf(AckNote note)
    {
        if (note.Patterns is null && note.Tags is null)
        {
            return null;
        }

        var patterns = note.Patterns?.Select(text => EventPattern.TryParse(text, out var pattern) ? pattern : throw new FormatException($"'{text}' is no pattern.")).ToList();
        return new FrameFilter(patterns, note.Tags is { } tags ? TagCondition.Compile(tags, "tags", new List<FieldError>()) : null);
    }
}
