using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Subscriptions;

// What the server pushes. Called by the table, one call at a time.
public sealed partial class Subscription
{
    internal async ValueTask OnFrameAsync(FrameEnvelope frame)
    {
        if (Coverage.Book(frame))
        {
            await ShowAsync(new StreamItem { Kind = StreamItemKinds.Frame, Frame = frame }).ConfigureAwait(false);
        }
        else if (frame.RequiresAck && IsAcknowledged(frame))
        {
            await AcknowledgeAgainAsync(frame).ConfigureAwait(false);
        }
    }

    internal ValueTask OnGapAsync(Gap gap)
    {
        Coverage.Book(gap);
        return ShowAsync(new StreamItem { Kind = StreamItemKinds.Gap, Gap = gap });
    }

    internal ValueTask OnSkippedAsync(Skipped skipped)
    {
        Coverage.Book(skipped);
        return ShowAsync(new StreamItem { Kind = StreamItemKinds.Skipped, Skipped = skipped });
    }

    internal ValueTask OnDegradedAsync(Degraded degraded) =>
        ShowAsync(new StreamItem { Kind = StreamItemKinds.Degraded, Degraded = degraded });

    internal ValueTask OnSubscribedAsync(HubSession session, Subscribed subscribed)
    {
        lock (_gate)
        {
            // The result of the call may have been here first; then this is the moment to show it.
            if (_unshown is null || !SaysTheSame(_unshown, subscribed))
            {
                Join(session, subscribed);
            }

            _unshown = null;
        }

        return ShowAsync(new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = subscribed });
    }

    internal ValueTask OnRestoredAsync(Restored restored) =>
        ShowAsync(new StreamItem { Kind = StreamItemKinds.Restored, Restored = restored });

    internal async ValueTask OnUnsubscribedAsync(Unsubscribed unsubscribed)
    {
        Coverage.Confirm(unsubscribed.Epoch, unsubscribed.Sequence, unsubscribed.Sequence);
        await ShowAsync(unsubscribed.Error is { } error
            ? new StreamItem { Kind = StreamItemKinds.Error, Error = error }
            : new StreamItem { Kind = StreamItemKinds.End, End = new StreamPosition(unsubscribed.Epoch, unsubscribed.Sequence) })
            .ConfigureAwait(false);
        Complete(unsubscribed.Error);
    }

    /// <summary>It ends without a word of the server about it: with null because the client is disposed, else with an error.</summary>
    internal async Task EndAsync(ProtocolError? error, Exception? cause)
    {
        var neverStarted = cause is not null && _started.TrySetException(cause);
        if (neverStarted)
        {
            _ = _started.Task.Exception;
        }
        else if (error is not null)
        {
            await ShowAsync(new StreamItem { Kind = StreamItemKinds.Error, Error = error }).ConfigureAwait(false);
        }

        Complete(error);
    }

    private static bool SaysTheSame(Subscribed left, Subscribed right) =>
        left with { Events = null } == right with { Events = null }
        && (left.Events ?? []).SequenceEqual(right.Events ?? []);

    private async ValueTask ShowAsync(StreamItem item)
    {
        Subscribed? first;
        lock (_gate)
        {
            (first, _unshown) = (_unshown, null);
        }

        if (first is not null)
        {
            await CallHandlerAsync(new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = first }).ConfigureAwait(false);
        }

        await CallHandlerAsync(item).ConfigureAwait(false);
    }

    private async ValueTask CallHandlerAsync(StreamItem item)
    {
        if (_ended.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await _handler(item, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _link.Report(e);
        }
    }
}
