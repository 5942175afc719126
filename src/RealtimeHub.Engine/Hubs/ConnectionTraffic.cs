namespace RealtimeHub.Engine.Hubs;

/// <summary>What one connection sends us, below the hub: messages, bad ones, calls of methods that do not exist, and whether it has shaken hands.</summary>
/// <remarks>
/// Made by connection middleware and carried by the connection's own flow, because the hub protocol that counts knows no
/// connection. Written by that flow only; read by anyone.
/// </remarks>
public sealed class ConnectionTraffic
{
    private static readonly AsyncLocal<ConnectionTraffic?> OfThisFlow = new();

    private long _messages;
    private long _bytes;
    private long _unknownCalls;
    private long _badFrames;
    private int _hasShakenHands;

    /// <summary>Called with each thing that a well-behaved client does not do.</summary>
    public required Action<TrafficFault> Faulted { get; init; }

    /// <summary>Called once, when the handshake is done.</summary>
    public required Action HandshakeDone { get; init; }

    /// <summary>Messages received.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Bytes of messages received.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Calls that fit no method.</summary>
    public long UnknownCalls => Volatile.Read(ref _unknownCalls);

    /// <summary>Messages that could not be parsed or were too large.</summary>
    public long BadFrames => Volatile.Read(ref _badFrames);

    /// <summary>Whether the handshake is done.</summary>
    public bool HasShakenHands => Volatile.Read(ref _hasShakenHands) != 0;

    /// <summary>Whether the client has said goodbye with SignalR's close message. A transport that just ends tells nothing.</summary>
    public bool SaidGoodbye { get; private set; }

    internal static ConnectionTraffic? Current => OfThisFlow.Value;

    /// <summary>Makes this the traffic of everything that the caller's flow does from now on.</summary>
    public void Enter() => OfThisFlow.Value = this;

    /// <summary>Notes that the handshake is done.</summary>
    public void ShookHands()
    {
        if (Interlocked.Exchange(ref _hasShakenHands, 1) == 0)
        {
            HandshakeDone();
        }
    }

    internal void Goodbye() => SaidGoodbye = true;

    internal void Received(long bytes)
    {
        Volatile.Write(ref _messages, _messages + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    internal void Fault(TrafficFault fault)
    {
        if (fault is TrafficFault.BadFrame)
        {
            Volatile.Write(ref _badFrames, _badFrames + 1);
        }
        else
        {
            Volatile.Write(ref _unknownCalls, _unknownCalls + 1);
        }

        Faulted(fault);
    }
}
