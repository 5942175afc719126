using System.Globalization;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Subscriptions;

/// <summary>Validates what every subscription can ask for. Pure.</summary>
public static class SubscribePlanner
{
    private const int MaxIdLength = 100;
    private const int MaxLast = 100_000;
    private const int MaxLagFrames = 10_000;
    private const long MinLagBytes = 1024;
    private const long MaxLagBytes = 16L << 20;

    /// <summary>Turns a request for a channel into a plan.</summary>
    /// <param name="request">The request.</param>
    /// <param name="channel">The channel that it means.</param>
    /// <param name="errors">Gets one entry per bad member.</param>
    public static SubscribePlan Plan(SubscribeRequest request, ChannelName channel, List<FieldError> errors)
    {
        errors.AddRange(request.BindingErrors ?? []);
        var id = request.Id ?? channel.Value;
        CheckRange("id", id.Length, 1, request.Id is null ? int.MaxValue : MaxIdLength, errors, " characters");
        CheckRange("last", request.Last, 0, MaxLast, errors);
        CheckRange("max_lag_frames", request.MaxLagFrames, 2, MaxLagFrames, errors);
        CheckRange("max_lag_bytes", request.MaxLagBytes, MinLagBytes, MaxLagBytes, errors);
        CheckPosition("from", request.From, errors);
        var starts = (request.From is null ? 0 : 1) + (request.Last is null ? 0 : 1) + (request.Since is null ? 0 : 1);
        if (starts > 1)
        {
            errors.Add(new FieldError("from", "At most one of from, last and since can be given.", Given(request), "one of from, last, since"));
        }

        SlowConsumerPolicy? policy = null;
        if (request.Policy is { } name)
        {
            if (SlowConsumerPolicyNames.TryParse(name, out var parsed))
            {
                policy = parsed;
            }
            else
            {
                errors.Add(new FieldError("policy", "There is no such slow-consumer policy.", FieldError.Preview(name), string.Join(", ", SlowConsumerPolicies.All)));
            }
        }

        return new SubscribePlan
        {
            Id = id,
            Channel = channel,
            Start = new StartPoint(request.From, request.Last, request.Since),
            Policy = policy,
            Limits = new LagLimits(request.MaxLagFrames ?? LagLimits.Default.Frames, request.MaxLagBytes ?? LagLimits.Default.Bytes),
            Tags = request.Filter is null ? null : TagCondition.Compile(request.Filter, "filter", errors),
        };
    }

    /// <summary>Checks a position that a client gave.</summary>
    public static void CheckPosition(string field, StreamPosition? position, List<FieldError> errors)
    {
        if (position is { } given && (given.Epoch is not { Length: >= 8 and <= 64 } || given.Offset < 0))
        {
            errors.Add(new FieldError(
                field,
                "A position has an epoch of 8 to 64 characters and a sequence of at least 0.",
                FieldError.Preview(given.ToString()),
                "epoch 8..64 characters, sequence 0.."));
        }
    }

    private static void CheckRange(string field, long? value, long min, long max, List<FieldError> errors, string unit = "")
    {
        if (value < min || value > max)
        {
            var text = value.Value.ToString(CultureInfo.InvariantCulture);
            errors.Add(new FieldError(field, $"{field} is out of range.", text + unit, string.Create(CultureInfo.InvariantCulture, $"{min}..{max}{unit}")));
        }
    }

    private static string Given(SubscribeRequest request) => string.Join(", ", new[]
    {
        request.From is { } from ? $"from {from}" : null,
        request.Last is { } last ? string.Create(CultureInfo.InvariantCulture, $"last {last}") : null,
        request.Since is { } since ? $"since {UtcTimestampConverter.ToText(since)}" : null,
    }.OfType<string>());
}
