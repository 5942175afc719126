using System.Runtime.CompilerServices;
using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Streams;

/// <summary>A channel that a hub streams as one sequence, whatever happens to the connections below it.</summary>
/// <remarks>Each enumeration has a link of its own. One reader at a time per enumeration.</remarks>
internal sealed class ChannelStream(
    Func<HubLink> openLink, RealtimeClientOptions options, string method, SubscribeRequest request, Coverage coverage)
{
    private readonly Backoff _backoff = new(options);
    private string? _owedEpoch;

    public async IAsyncEnumerable<StreamItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isRenewed;
        do
        {
            // What is left of a stream that is given up fills the receive window, so the next one gets another connection.
            var link = openLink();
            await using var closing = link.ConfigureAwait(false);
            isRenewed = false;
            await foreach (var item in ReadAsync(link, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
                if (item.Subscribed is { Reason: RecoveryReasons.EpochChanged, Sequence: > 0 })
                {
                    isRenewed = true;
                    break;
                }
            }
        }
        while (isRenewed);
    }

    // Reads over reconnects, until the last item.
    private async IAsyncEnumerable<StreamItem> ReadAsync(
        HubLink link, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await ConnectedAsync(link, cancellationToken).ConfigureAwait(false);
            await foreach (var item in ReadAsync(session, OwedFrom() ?? coverage.AccountedUpTo, cancellationToken).ConfigureAwait(false))
            {
                if (item.Subscribed is { } subscribed)
                {
                    Note(subscribed);
                }

                if (item.Error is { } error && IsPassing(error))
                {
                    link.Report(new ProtocolErrorException(error));
                    break;
                }

                if (!coverage.Book(item))
                {
                    continue;
                }

                yield return item;
                if (item.Kind is StreamItemKinds.End or StreamItemKinds.Error)
                {
                    yield break;
                }
            }

            await Task.Delay(_backoff.Next(), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    // A log that began anew is news from its first line on, not only from where the server goes live: until that is granted it stays owed, whatever breaks.
    private void Note(Subscribed subscribed) =>
        _owedEpoch = subscribed is { Reason: RecoveryReasons.EpochChanged, Sequence: > 0 } ? subscribed.Epoch : null;

    private StreamPosition? OwedFrom() => _owedEpoch is { } epoch ? new StreamPosition(epoch, 0) : null;

    // Once the stream has started, nothing but a final refusal ends it.
    private async Task<HubSession> ConnectedAsync(HubLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await link.ConnectedAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RealtimeConnectionException e) when (!e.IsFinal && coverage.AccountedUpTo is not null)
            {
                await Task.Delay(_backoff.Next(), options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A stream that was once accepted is asked for again while the server says that it may succeed later.
    private bool IsPassing(ProtocolError error) =>
        error.Retryable && error.Code != ErrorCodes.JobNotFound.Code && error.Code != ErrorCodes.RunNotFound.Code && coverage.AccountedUpTo is not null;

    // Ends without a last item when the connection breaks.
    private async IAsyncEnumerable<StreamItem> ReadAsync(
        HubSession session, StreamPosition? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = from is { } position ? request with { From = position, Last = null, Since = null } : request;
        var items = session
            .StreamAsync<StreamItem>(method, current, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using var closing = items.ConfigureAwait(false);
        while (await MoveNextAsync(session, items, cancellationToken).ConfigureAwait(false))
        {
            _backoff.Reset();
            yield return items.Current;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(
        HubSession session, IAsyncEnumerator<StreamItem> items, CancellationToken cancellationToken)
    {
        try
        {
            var moved = await items.MoveNextAsync().ConfigureAwait(false);
            if (moved)
            {
                session.ItemTaken();
            }

            return moved;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A failed completion carries only text and a broken connection a cause that the link reports: both mean to ask again.
            return false;
        }
    }
}
