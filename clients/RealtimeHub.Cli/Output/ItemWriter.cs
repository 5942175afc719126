using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Output;

/// <summary>Writes what a subscription or stream yields: frames as data, and every notice in its place as a sentence.</summary>
internal sealed class ItemWriter(CliOutput output, Func<FrameEnvelope, StyledLine> render)
{
    private bool _hasStarted;

    /// <summary>Whether only notices are told, because the data go elsewhere.</summary>
    public bool IsQuiet { get; init; }

    public void Write(StreamItem item)
    {
        if (IsQuiet)
        {
            // The sentence below is all.
        }
        else if (output.IsJson)
        {
            output.Json(item);
        }
        else if (item.Frame is { } frame)
        {
            output.Line(render(frame));
        }

        if (Sentence(item) is { } sentence)
        {
            output.Note(sentence);
        }
    }

    private string? Sentence(StreamItem item) => item switch
    {
        { Subscribed: { } subscribed } => Start(subscribed),
        { Gap: { } gap } => $"Lost {gap.Count} frame(s) of {gap.Channel}, {Range(gap.From, gap.To)}: {gap.Reason}.",
        { Skipped: { } skipped } =>
            $"Withheld {skipped.Count} frame(s) of {skipped.Channel} among {Range(skipped.From, skipped.To)}: {skipped.Reason}.",
        { Degraded: { To: { } to } degraded } =>
            $"Reading too slowly: {degraded.Lag} frames behind on {degraded.Channel}; it goes on with the coarser {to}.",
        { Restored: { To: { } to } restored } => $"Keeping up again; it goes back from {restored.Channel} to {to}.",
        { Degraded: { } degraded } =>
            $"Reading too slowly: {degraded.Lag} frames behind on {degraded.Channel}; the policy {degraded.Policy} acts.",
        { Error: { } error } => $"Ended: {error.Message} ({error.Code})",
        _ => null,
    };

    private string Start(Subscribed subscribed)
    {
        var isFirst = !_hasStarted;
        _hasStarted = true;
        var position = new StreamPosition(subscribed.Epoch, subscribed.Sequence);
        var clamped = subscribed.Clamped == true ? " Less is kept than was asked for." : "";
        return subscribed switch
        {
            { Recovered: true } => $"Resumed {subscribed.Channel} after {position}; nothing is missed.",
            { Reason: { } reason } => $"{subscribed.Channel} goes on after {position}: {Explain(reason)}",
            _ when isFirst => $"Listening to {subscribed.Channel} after {position}.{clamped}",
            _ => $"{subscribed.Channel} goes on after {position}.{clamped}",
        };
    }

    private static string Explain(string reason) => reason switch
    {
        RecoveryReasons.EpochChanged => "its history was lost; what came since the last position cannot be known.",
        RecoveryReasons.Future => "the server has lost frames that were received before.",
        RecoveryReasons.Expired => "some frames since the last position are no longer kept.",
        RecoveryReasons.PolicyChanged => "the frames since the last position may no longer be shown.",
        RecoveryReasons.SlowConsumer => "the server had cut the connection because it was not read.",
        _ => $"{reason}.",
    };

    private static string Range(long from, long to) => from == to ? $"{from}" : $"{from} to {to}";
}
