using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Sse;

/// <summary>Any channel as Server-Sent Events, for scripts: the id of an event is its position, and <c>Last-Event-ID</c> resumes. Thread-safe.</summary>
internal sealed class SseHandler(
    AdmissionMiddleware admission, ConnectionGuard guard, ChannelAuthorizer authorizer, StreamService streams, TimeProvider clock)
{
    private const int MaxLast = 100_000;

    // Proxies end connections that say nothing.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(0.5);

    public async Task HandleAsync(HttpContext http, string channel)
    {
        var principal = PrincipalFeature.Of(http);
        var (plan, error) = await PlanAsync(http, principal, channel);
        error ??= admission.Newcomer(http) ?? admission.Crowd(http, principal);
        if (error is not null)
        {
            admission.Refused(http, error.Code);
            await ProblemResults.WriteAsync(http, error);
            return;
        }

        var context = new RequestConnection(http);
        await guard.GuardAsync(context, "/sse", _ => RunAsync(http, context, plan!));
    }

    private async Task<(SubscribePlan? Plan, ProtocolError? Error)> PlanAsync(HttpContext http, Principal principal, string text)
    {
        if (!ChannelName.TryParse(text, out var channel, out var reason))
        {
            return (null, ErrorCodes.InvalidChannel.With(reason, new FieldError("channel", reason, FieldError.Preview(text))));
        }

        if (await authorizer.AuthorizeAsync(principal, channel, http.RequestAborted) is { } refusal)
        {
            return (null, refusal);
        }

        var errors = new List<FieldError>();
        var events = http.Request.Query["events"].ToString();
        var patterns = events.Length == 0 ? null : EventSubscriptions.Patterns(events.Split(','), "receive", errors);
        var plan = new SubscribePlan { Id = channel.Value, Channel = channel, Patterns = patterns, Start = StartOf(http.Request, errors) };
        return errors.Count == 0 ? (plan, null) : (null, ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors));
    }

    private static StartPoint StartOf(HttpRequest request, List<FieldError> errors)
    {
        var from = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["from"].ToString();
        var last = request.Query["last"].ToString();
        if (from.Length > 0)
        {
            if (StreamPosition.TryParse(from, out var position))
            {
                SubscribePlanner.CheckPosition("Last-Event-ID", position, errors);
                return new StartPoint(position);
            }

            errors.Add(new FieldError("Last-Event-ID", "It is a position: epoch:sequence.", FieldError.Preview(from), "epoch:sequence"));
        }
        else if (last.Length > 0)
        {
            if (int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxLast)
            {
                return new StartPoint(Last: count);
            }

            errors.Add(new FieldError("last", "last is a whole number.", FieldError.Preview(last), $"0..{MaxLast.ToString(CultureInfo.InvariantCulture)}"));
        }

        return StartPoint.Live;
    }

    private async Task RunAsync(HttpContext http, RequestConnection context, SubscribePlan plan)
    {
        context.Features.Get<LiveConnection>()!.Traffic.ShookHands();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        await using var items = streams.StreamAsync(context.ConnectionId, plan, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (await IsNextAsync(http.Response, context, next, ending.Token))
            {
                await http.Response.Body.WriteAsync(Text(items.Current, plan.Channel), ending.Token);
                next = items.MoveNextAsync().AsTask();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client has gone, or the server ends it.
        }
        finally
        {
            // What is being read has to end before it can be disposed of.
            await ending.CancelAsync();
            await Task.WhenAny(next);
        }
    }

    // Waits for the next item, with a comment now and then. A server that stops lets it end once nothing more comes.
    private async Task<bool> IsNextAsync(HttpResponse response, RequestConnection context, Task<bool> next, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            await response.Body.FlushAsync(cancellationToken);
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var isEnding = context.Ending.IsCompleted;
            var pause = isEnding ? Task.Delay(LastLook, TimeProvider.System, quiet.Token) : Task.Delay(Quiet, clock, quiet.Token);
            var first = await (isEnding ? Task.WhenAny(next, pause) : Task.WhenAny(next, pause, context.Ending));
            await quiet.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (isEnding && first == pause)
            {
                return false;
            }

            if (first == pause)
            {
                await response.WriteAsync(":\n\n", cancellationToken);
            }
        }

        return await next;
    }

    private static byte[] Text(StreamItem item, ChannelName channel) => item.Kind switch
    {
        StreamItemKinds.Frame => Of(item.Frame!.Type, item.Frame.Position, item.Frame),
        StreamItemKinds.Gap => Of(item.Kind, new StreamPosition(item.Gap!.Epoch, item.Gap.To), item.Gap),
        StreamItemKinds.Skipped => Of(item.Kind, new StreamPosition(item.Skipped!.Epoch, item.Skipped.To), item.Skipped),
        StreamItemKinds.Subscribed => Of(item.Kind, new StreamPosition(item.Subscribed!.Epoch, item.Subscribed.Sequence), item.Subscribed),
        StreamItemKinds.Degraded => Of(item.Kind, null, item.Degraded!),
        StreamItemKinds.Restored => Of(item.Kind, null, item.Restored!),
        StreamItemKinds.Error => Of(item.Kind, null, item.Error!),
        _ => Encoding.UTF8.GetBytes($"event: {item.Kind}\nid: {item.End}\ndata: {channel}\n\n"),
    };

    // JSON as the wire writes it has no line breaks.
    private static byte[] Of<T>(string type, StreamPosition? position, T value) =>
    [
        .. Encoding.UTF8.GetBytes(position is { } id ? $"event: {type}\nid: {id}\ndata: " : $"event: {type}\ndata: "),
        .. JsonSerializer.SerializeToUtf8Bytes(value, RealtimeJson.Options), .. "\n\n"u8,
    ];
}
