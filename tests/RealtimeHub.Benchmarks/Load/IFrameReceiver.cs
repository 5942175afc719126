namespace RealtimeHub.Benchmarks.Load;

/// <summary>What a <see cref="FrameScanner"/> tells about the bytes it has seen.</summary>
internal interface IFrameReceiver
{
    /// <summary>A measured frame has arrived in full.</summary>
    void OnFrame(long sentAt, int number);

    /// <summary>Any other message has arrived in full: a handshake reply, a ping, a notice.</summary>
    void OnOtherMessage();

    /// <summary>The server has said that it closes the WebSocket.</summary>
    void OnClose();
}
