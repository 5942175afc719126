using System.Threading.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>What the scripted jobs hub streams, and what it was sent. Thread-safe.</summary>
public sealed class ScriptedJobs
{
    private readonly Channel<PublishEvent> _published = Channel.CreateUnbounded<PublishEvent>();
    private readonly HashSet<string> _known = [];

    public Func<ScriptedConnection, SubscribeJobRequest, IAsyncEnumerable<StreamItem>> OnStream { get; set; } =
        (_, _) => throw new NotSupportedException();

    public Func<ListJobsRequest, ListJobsResult> OnList { get; set; } = _ => new ListJobsResult();

    /// <summary>Called before an uploaded event is taken; an error refuses it.</summary>
    public Func<ScriptedConnection, PublishEvent, ProtocolError?> OnUpload { get; set; } = (_, _) => null;

    /// <summary>The channel of the last upload.</summary>
    public string? UploadChannel { get; private set; }

    /// <summary>How many events came again.</summary>
    public int Repeated { get; private set; }

    /// <summary>The next event that was published, each once.</summary>
    public async Task<PublishEvent> NextPublishedAsync() =>
        await _published.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limits.Wait);

    /// <summary>What has been published and not been asked for yet.</summary>
    public IReadOnlyList<PublishEvent> TakePublished()
    {
        var taken = new List<PublishEvent>();
        while (_published.Reader.TryRead(out var published))
        {
            taken.Add(published);
        }

        return taken;
    }

    internal async Task<PublishBatchResult> ReceiveAsync(
        ScriptedConnection connection, PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events)
    {
        UploadChannel = request.Channel;
        var count = 0;
        await foreach (var published in events)
        {
            if (OnUpload(connection, published) is { } error)
            {
                return new PublishBatchResult { Channel = request.Channel, Count = count, Error = error };
            }

            count++;
            lock (_known)
            {
                if (_known.Add(published.EventId!))
                {
                    _published.Writer.TryWrite(published);
                }
                else
                {
                    Repeated++;
                }
            }
        }

        return new PublishBatchResult { Channel = request.Channel, Count = count };
    }
}
