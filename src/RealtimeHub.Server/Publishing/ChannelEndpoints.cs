using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Binding;

namespace RealtimeHub.Server.Publishing;

/// <summary>Channels over HTTP: publish, history, list.</summary>
internal static class ChannelEndpoints
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1_000;

    private static readonly JsonSerializerOptions Lenient = LenientJson.Options;

    public static IEndpointRouteBuilder MapChannelEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var channels = endpoints.MapGroup("/api/v1/channels").RequireAuthorization().WithTags("Channels");
        channels.MapGet("/", ListAsync)
            .WithSummary("The channels that the caller may read.")
            .Produces<IReadOnlyList<ChannelSummary>>();
        channels.MapGet("/{channel}/history", HistoryAsync)
            .WithSummary("One page of the frames that a channel keeps.")
            .WithDescription("from: an offset; default the oldest kept, or with order=desc the newest. limit: 1..1000, default 100. order: asc or desc. The position is also in X-Stream-Position.")
            .Produces<HistoryPage>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        channels.MapPost("/{channel}/events", PublishAsync)
            .WithSummary("Publishes one event, or with application/x-ndjson one per line: all of them or none.")
            .WithDescription("A repeat with the same Idempotency-Key header within 5 minutes gets the first answer.")
            .Accepts<PublishEvent>("application/json", "application/x-ndjson")
            .Produces<PublishResult>().Produces<PublishBatchResult>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .ProducesProblem(413).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);
        return endpoints;
    }

    private static async Task<IResult> ListAsync(HttpContext context, ChannelDirectory directory, ChannelAuthorizer authorizer)
    {
        var readable = new List<Channel>();
        foreach (var channel in directory.Channels)
        {
            if (await authorizer.AuthorizeAsync(PrincipalFeature.Of(context), ChannelName.Parse(channel.Name), context.RequestAborted) is null)
            {
                readable.Add(channel);
            }
        }

        IReadOnlyList<ChannelSummary> channels =
        [
            .. readable
                .OrderBy(c => c.Name, StringComparer.Ordinal)
                .Select(c => new ChannelSummary(
                    c.Name, c.Log.Epoch, c.Log.Newest, c.Log.OldestKept, (int)(c.Log.Newest - c.Log.OldestKept + 1), c.Log.BytesKept, c.CursorCount, ChannelAccess.HubOf(c.Family))),
        ];
        return Results.Json(channels, RealtimeJson.Options);
    }

    private static async Task<IResult> HistoryAsync(
        HttpContext context, ChannelDirectory directory, IChannelStore store, ChannelAuthorizer authorizer, string channel, string? from, string? limit, string? order)
    {
        if (!ChannelName.TryParse(channel, out var name, out var reason))
        {
            return ProblemResults.From(ErrorCodes.InvalidChannel.With(reason, new FieldError("channel", reason, FieldError.Preview(channel))));
        }

        var (found, refusal) = await FindAsync(context, directory, store, authorizer, name);
        return refusal is null ? Page(context, name, found!, from, limit, order) : ProblemResults.From(refusal);
    }

    private static async Task<(Channel? Channel, ProtocolError? Refusal)> FindAsync(
        HttpContext context, ChannelDirectory directory, IChannelStore store, ChannelAuthorizer authorizer, ChannelName name)
    {
        var missing = ErrorCodes.ChannelNotFound.With($"There is no channel {name}.");
        if (!directory.TryGetFamily(name, out _))
        {
            return (null, missing);
        }

        if (await authorizer.AuthorizeAsync(PrincipalFeature.Of(context), name, context.RequestAborted) is { } refusal)
        {
            return (null, refusal);
        }

        try
        {
            var found = await store.FindAsync(name, context.RequestAborted);
            return (found, found is null ? missing : null);
        }
        catch (ChannelStoreUnavailableException exception)
        {
            return (null, ErrorCodes.Unavailable.With(exception.Message));
        }
    }

    private static IResult Page(HttpContext context, ChannelName name, Channel found, string? from, string? limit, string? order)
    {
        var errors = new List<FieldError>();
        var isDescending = order == "desc";
        if (order is not (null or "asc" or "desc"))
        {
            errors.Add(new FieldError("order", "The order is asc or desc.", FieldError.Preview(order), "asc, desc"));
        }

        var count = Number("limit", limit, DefaultPage, 1, MaxPage, errors);
        var first = Number("from", from, isDescending ? long.MaxValue : 0, 0, long.MaxValue, errors);
        if (errors.Count > 0)
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With(errors[0].Message, errors));
        }

        // The position is read first: whoever subscribes from it gets some frames twice, but misses none.
        var position = found.Log.Position;
        var frames = found.ReadHistory(first, (int)count, isDescending);
        var oldest = found.Log.OldestKept;
        var next = frames.Count < count ? null : isDescending ? Below(frames[^1].Sequence, oldest) : Above(frames[^1].Sequence, position.Offset);
        context.Response.Headers["X-Stream-Position"] = position.ToString();
        var page = new HistoryPage { Channel = name.Value, Position = position, Oldest = oldest, Frames = frames, Next = next };
        return Results.Json(page, RealtimeJson.Options);
    }

    private static async Task<IResult> PublishAsync(
        HttpContext context, string channel, ChannelPublisher publisher, IOptions<PublishingOptions> options)
    {
        var principal = PrincipalFeature.Of(context);
        var (name, admission) = await publisher.AdmitAsync(principal, channel, context.RequestAborted);
        if (admission is { } refusal)
        {
            return ProblemResults.From(refusal);
        }

        var body = await NdjsonReader.ReadAsync(context.Request, options.Value.MaxBodyBytes, context.RequestAborted);
        if (body is null)
        {
            return ProblemResults.From(ErrorCodes.MessageTooLarge.With($"The body has more than {options.Value.MaxBodyBytes} bytes."));
        }

        var isNdjson = context.Request.ContentType?.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) == true;
        var errors = new List<FieldError>();
        var events = NdjsonReader.Parse(body.Value.Span, isNdjson, Lenient, options.Value.MaxBatchEvents, errors);
        if (errors.Count > 0)
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors));
        }

        if (events.Find(e => (e?.Payload?.Utf8.Length ?? 0) > options.Value.MaxEventBytes) is not null)
        {
            return ProblemResults.From(ErrorCodes.MessageTooLarge.With($"An event has more than {options.Value.MaxEventBytes} bytes."));
        }

        var key = context.Request.Headers.TryGetValue("Idempotency-Key", out var header) ? header.ToString() : null;
        var outcome = await publisher.PublishAsync(principal, name, events, key, context.RequestAborted);
        return outcome.Error is { } error ? ProblemResults.From(error)
            : isNdjson ? Results.Json(PublishResults.Batch(name.Value, outcome.Result), RealtimeJson.Options)
            : Results.Json(PublishResults.Single(name.Value, outcome.Result, 0), RealtimeJson.Options);
    }

    private static long? Below(long offset, long oldest) => offset > oldest ? offset - 1 : null;

    private static long? Above(long offset, long newest) => offset < newest ? offset + 1 : null;

    private static long Number(string field, string? text, long fallback, long min, long max, List<FieldError> errors)
    {
        if (text is null)
        {
            return fallback;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        errors.Add(new FieldError(field, $"{field} must be a whole number in range.", FieldError.Preview(text), string.Create(CultureInfo.InvariantCulture, $"{min}..{max}")));
        return fallback;
    }
}
