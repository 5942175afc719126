using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using StackExchange.Redis;

namespace RealtimeHub.Redis.Channels;

/// <summary>One append as the script takes it, and its answer.</summary>
internal sealed class AppendCall
{
    private const int FixedValues = 12;
    private const int ValuesPerEnvelope = 3;
    private const int SecondTry = 9;
    private const int FixedAnswers = 3;
    private const int AnswersPerEnvelope = 3;

    private readonly AppendRequest _request;
    private readonly RedisValue[] _values;
    private int _attempt;

    public AppendCall(AppendRequest request, ChannelFamily family, ChannelKeys keys, StreamPosition known)
    {
        _request = request;
        Keys = keys.LogAnd(request.IdempotencyKey);
        var retention = family.Retention;
        _values = new RedisValue[FixedValues + (ValuesPerEnvelope * request.Envelopes.Count)];
        RedisValue[] first =
        [
            keys.Announcements, ChannelLog.NewEpoch(), retention.MaxFrames, retention.MaxBytes, (long)retention.MaxAge.TotalMilliseconds,
            family.DeduplicatesEventIds ? 1 : 0, request.IfEpoch ?? "", request.IdempotencyKey is null ? "" : $"f{request.Fingerprint}", request.EndsChannel ? 1 : 0, 0,
            known.Epoch, known.Offset,
        ];
        first.CopyTo(_values, 0);
        for (var i = 0; i < request.Envelopes.Count; i++)
        {
            var envelope = request.Envelopes[i];
            var at = FixedValues + (ValuesPerEnvelope * i);
            (_values[at], _values[at + 1], _values[at + 2]) =
                (envelope.EventId, Frame.SizeOf(envelope.Payload) + (envelope.Blocks?.Sum(b => b.Value.Data.Bytes.Length) ?? 0), StoredEnvelope.Encode(envelope));
        }
    }

    public RedisKey[] Keys { get; }

    /// <summary>The values of an attempt. From the second on, what the one before may have done without an answer is looked for.</summary>
    public RedisValue[] Values(int attempt)
    {
        _attempt = attempt;
        _values[SecondTry] = attempt == 0 && !_request.IsAgain ? 0 : 1;
        return _values;
    }

    public AppendResult Parse(RedisResult[] reply)
    {
        var status = (string)reply[0]! switch
        {
            "done" => AppendStatus.Done,
            "key_conflict" => AppendStatus.KeyConflict,
            "ended" => AppendStatus.Ended,
            "epoch_changed" => AppendStatus.EpochChanged,
            var other => throw new InvalidOperationException($"The append script answered '{other}'."),
        };
        var entries = new AppendEntry[(reply.Length - FixedAnswers) / AnswersPerEnvelope];
        for (var i = 0; i < entries.Length; i++)
        {
            // A repeat answers with the ids of what it repeats.
            var at = FixedAnswers + (AnswersPerEnvelope * i);
            entries[i] = new AppendEntry((long)reply[at], (string)reply[at + 2]!, (int)reply[at + 1] == 1);
        }

        // What a second try finds is what the first has done.
        return new AppendResult(status, (string)reply[1]!, entries, (int)reply[2] == 1 && _attempt == 0);
    }
}
