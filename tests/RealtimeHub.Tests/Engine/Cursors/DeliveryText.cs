using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Writes deliveries as short texts, so that a test reads as the sequence that it expects.</summary>
internal static class DeliveryText
{
    public static string Of(Delivery delivery) => delivery.Frame is { } frame ? $"frame {frame.Offset}" : OfNotice(delivery.Notice, delivery.Kind.ToString());

    public static string OfNotice(object? notice, string otherwise) => notice switch
    {
        Subscribed n => $"subscribed {n.Sequence}",
        Gap n => $"gap {n.From}-{n.To} x{n.Count} {n.Reason}",
        Skipped n => $"skipped {n.From}-{n.To} x{n.Count} {n.Reason}",
        Degraded n => $"degraded {n.Policy} {n.Lag}",
        Restored n => $"restored {n.Sequence}",
        Unsubscribed n => $"ended {n.Sequence} {n.Reason}",
        Heartbeat n => $"heartbeat {string.Join(' ', n.Positions.Select(p => $"{p.Id}:{p.Sequence}/{p.Newest}"))}".TrimEnd(),
        Control n => $"control {n.Code} {n.Reconnect}",
        _ => otherwise.ToLowerInvariant(),
    };

    /// <summary>Moves a cursor until it has nothing more, or so many times.</summary>
    public static List<string> Take(this Cursor cursor, int most = int.MaxValue)
    {
        var told = new List<string>();
        while (told.Count < most)
        {
            var delivery = cursor.MoveNext();
            if (delivery.Kind is DeliveryKind.None)
            {
                break;
            }

            told.Add(Of(delivery));
            if (delivery.Kind is DeliveryKind.Ended or DeliveryKind.Disconnect)
            {
                break;
            }
        }

        return told;
    }

    /// <summary>The texts of delivered frames.</summary>
    public static IEnumerable<string> Frames(int from, int to) => Enumerable.Range(from, to - from + 1).Select(o => $"frame {o}");
}
