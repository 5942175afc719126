using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

// A channel whose log follows a shared store.
public sealed partial class Channel
{
    /// <summary>Takes over a frame that a shared store has placed; false where it is not the next one. The caller fans out, and keeps others away meanwhile.</summary>
    internal bool TryReplicate(PlacedEnvelope placed)
    {
        if (!Log.TryReplicate(Name, Family.Target, placed, out var frame))
        {
            return false;
        }

        if (placed.Envelope.RequiresAck)
        {
            Acks?.OnAppended(frame);
        }

        return true;
    }

    /// <summary>Takes over where a shared store stands; every reader goes on live from there and is told why.</summary>
    /// <remarks>The caller keeps others away meanwhile.</remarks>
    internal void Adopt(StreamPosition position, string reason)
    {
        Log.Adopt(position, reason);
        Acks?.Reset();
        foreach (var cursor in Cursors())
        {
            GoOnLive(cursor, reason);
        }
    }

    /// <summary>Tells every reader that the store has gone, or is back.</summary>
    internal void CutOff(bool isCutOff)
    {
        if (IsCutOff == isCutOff)
        {
            return;
        }

        IsCutOff = isCutOff;
        foreach (var cursor in Cursors())
        {
            cursor.Reader.Wake(cursor);
        }
    }
}
