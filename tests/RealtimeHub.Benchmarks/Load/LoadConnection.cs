using System.Net.Sockets;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>One client: a socket, what it has received, and how it reads.</summary>
/// <remarks>Used only by the connector until it is connected, then only by the client loop.</remarks>
internal sealed class LoadConnection : IFrameReceiver, IDisposable
{
    private readonly FrameScanner _scanner;
    private FrameTally? _tally;
    private int _frames;
    private int _lastNumber;
    private long _lastFrameAt;
    private long _now;

    public LoadConnection(Socket socket, IReadingPlan? plan)
    {
        Socket = socket;
        Plan = plan;
        _scanner = new FrameScanner(this);
    }

    public Socket Socket { get; }

    /// <summary>How it reads; null if it reads as fast as it can.</summary>
    public IReadingPlan? Plan { get; }

    /// <summary>Whether the server has answered the SignalR handshake.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>Whether the connection has ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>How many frames of the current run it has received.</summary>
    public int Frames => _frames;

    /// <summary>Starts counting frames into a tally.</summary>
    public void BeginRun(FrameTally tally, long now)
    {
        _tally = tally;
        _frames = 0;
        _lastNumber = 0;
        _lastFrameAt = now;
    }

    /// <summary>Stops counting; the time from the last frame to the end of publishing counts as silence.</summary>
    public void EndRun(long publishedUntil)
    {
        _tally?.CountSilence(Math.Max(0, publishedUntil - _lastFrameAt));
        _tally = null;
    }

    /// <summary>Takes bytes that were received now.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, long now)
    {
        _now = now;
        _scanner.Feed(bytes);
    }

    public void OnFrame(long sentAt, int number)
    {
        _tally?.Count(++_frames, _now - sentAt, _now - _lastFrameAt, Math.Abs(number - _lastNumber - 1), _now);
        _lastNumber = number;
        _lastFrameAt = _now;
    }

    public void OnOtherMessage() => IsEstablished = true;

    public void OnClose() => IsClosed = true;

    public void Dispose()
    {
        IsClosed = true;
        _tally?.CountClosed(_now);
        _tally = null;
        Socket.Dispose();
    }
}
