using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Engine.Pumps;

/// <summary>The fast sink: writes frames and notices to the WebSocket's own output, everything of one round in one go.</summary>
internal sealed class WebSocketSink(HubConnectionContext connection, SharedOutput output) : IFrameSink
{
    // Enough to make a system call worth while; little enough that a connection which does not read holds little.
    private const int MaxUnflushedBytes = 8 << 10;

    private readonly bool _isBinary = connection.Protocol.TransferFormat == TransferFormat.Binary;
    private bool _hasTurn;

    public CancellationToken Closed => connection.ConnectionAborted;

    public TimeSpan Stuck => output.Stuck;

    public ValueTask WriteAsync(Frame frame) => frame.BytesFor(connection.Protocol) is { IsEmpty: false } bytes ? WriteAsync(bytes) : default;

    public ValueTask WriteAsync(HubMessage message)
    {
        var bytes = connection.Protocol.GetMessageBytes(message);
        return message is CloseMessage ? WriteLastAsync(bytes) : WriteAsync(bytes);
    }

    public ValueTask FlushAsync(bool isBurst)
    {
        if (!_hasTurn)
        {
            return default;
        }

        _hasTurn = false;
        return isBurst ? output.EndSoon() : output.EndAsync();
    }

    public void Abort()
    {
        // SignalR would first say goodbye to a client that does not listen.
        output.Cancel();
        connection.GetHttpContext()?.Abort();
        connection.Abort();
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> message)
    {
        if (!_hasTurn)
        {
            if (!output.TryBegin())
            {
                return WriteLaterAsync(message);
            }

            _hasTurn = true;
        }

        return Append(message);
    }

    // SignalR would say goodbye once more.
    private async ValueTask WriteLastAsync(ReadOnlyMemory<byte> message)
    {
        await WriteAsync(message);
        output.Close();
    }

    private async ValueTask WriteLaterAsync(ReadOnlyMemory<byte> message)
    {
        await output.BeginAsync(Closed);
        _hasTurn = true;
        await Append(message);
    }

    private ValueTask Append(ReadOnlyMemory<byte> message)
    {
        if (output.IsClosed)
        {
            return default;
        }

        output.AppendMessage(message.Span, _isBinary);
        if (output.Unflushed < MaxUnflushedBytes)
        {
            return default;
        }

        _hasTurn = false;
        return output.EndAsync();
    }
}
