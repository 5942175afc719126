using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.WebSockets;

/// <summary>One connection of a dialect: answers what the client says, and says in its dialect what the pump gives.</summary>
/// <remarks>Messages are handled by one loop. The encoder's members and <see cref="PlainConnection.WriteAsync"/> exclude each other.</remarks>
internal abstract class DialectSession(DialectServices services, LiveConnection live) : IPlainEncoder
{
    // What RFC 6455 leaves of a close frame for its text.
    private const int MaxCloseTextBytes = 123;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    private long _lastBeat = services.Clock.GetTimestamp();

    /// <summary>The connection; set before anything is called.</summary>
    public PlainConnection Connection { get; set; } = null!;

    /// <summary>How many bytes of a message are read.</summary>
    public abstract int MaxMessageBytes { get; }

    protected DialectServices Services { get; } = services;

    protected LiveConnection Live { get; } = live;

    protected Principal Principal => Live.Principal.Principal;

    protected TimeProvider Clock => Services.Clock;

    /// <summary>How often the connection is told that the server is there.</summary>
    protected abstract TimeSpan BeatInterval { get; }

    /// <summary>Called once, before the first message is read.</summary>
    public virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>Answers a message.</summary>
    public abstract Task HandleAsync(PlainMessage message);

    /// <summary>Answers that there were too many messages.</summary>
    public abstract Task RefuseAsync(ProtocolError error);

    /// <summary>Answers a message that is too large.</summary>
    public virtual Task RefuseSizeAsync(long bytes)
    {
        Connection.Close(CloseReasons.MessageTooLarge, CloseReasons.MessageTooLarge.Meaning);
        return Task.CompletedTask;
    }

    /// <summary>Looks at the clock, about once a second.</summary>
    public virtual void Tick()
    {
        if (Clock.GetElapsedTime(_lastBeat) >= BeatInterval)
        {
            _lastBeat = Clock.GetTimestamp();
            Connection.Beat();
        }
    }

    /// <summary>Called once, after the last message.</summary>
    public virtual void End()
    {
    }

    public abstract void Write(Frame frame, PlainOutput output);

    public abstract void Write(object notice, PlainOutput output);

    public abstract void Beat(PlainOutput output);

    public virtual void Flush(PlainOutput output)
    {
    }

    public virtual (int Status, string Text) Close(CloseReason reason, string message, PlainOutput output) => (DialectCloseReasons.NumberOf(reason), CloseText(message));

    protected static string CloseText(string text) => text.Length <= MaxCloseTextBytes / 3 ? text : DialectJson.Cut(text, MaxCloseTextBytes);

    /// <summary>Parses a message into an object; null if it is no JSON. What is no object gives its element.</summary>
    protected static JsonDocument? Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            return JsonDocument.Parse(message, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    protected Task SendAsync(ReadOnlyMemory<byte> text) => Connection.WriteTextAsync(text);

    /// <summary>Ends a client that did not show for so long.</summary>
    protected void EndDead()
    {
        if (!Connection.IsClosing)
        {
            Services.BookTimeout(Live);
            Connection.Close(DialectCloseReasons.HeartbeatTimeout, DialectCloseReasons.HeartbeatTimeout.Meaning);
        }
    }
}
