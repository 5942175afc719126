using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Engine.Transport;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Plain;

/// <summary>The sink of a connection without a hub protocol: the encoder says in its dialect what the pump gives.</summary>
internal sealed class PlainSink(WebSocket socket, SharedOutput output, IPlainEncoder encoder, Action abort, CancellationToken closed) : IFrameSink
{
    private const int MaxUnflushedBytes = 8 << 10;

    private readonly PlainOutput _plain = new(output);
    private bool _hasTurn;
    private (int Status, string Text) _last = ((int)WebSocketCloseStatus.NormalClosure, "");

    public CancellationToken Closed => closed;

    public TimeSpan Stuck => output.Stuck;

    public ConnectionPump? Pump { get; set; }

    public ValueTask WriteAsync(Frame frame) => WriteAsync(new Word(frame, null));

    public ValueTask WriteAsync(HubMessage message) => message is CloseMessage ? CloseAsync() : WriteAsync(new Word(null, message));

    public ValueTask FlushAsync(bool isBurst)
    {
        if (_hasTurn)
        {
            encoder.Flush(_plain);
            _hasTurn = false;
            return isBurst ? output.EndSoon() : output.EndAsync();
        }

        return output.TryBegin() ? FlushHeldAsync(isBurst) : default;
    }

    public void Abort()
    {
        output.Cancel();
        abort();
    }

    private ValueTask FlushHeldAsync(bool isBurst)
    {
        encoder.Flush(_plain);
        if (output.Unflushed > 0)
        {
            return isBurst ? output.EndSoon() : output.EndAsync();
        }

        output.Pass();
        return default;
    }

    private ValueTask WriteAsync(Word word)
    {
        if (!_hasTurn)
        {
            if (!output.TryBegin())
            {
                return WriteLaterAsync(word);
            }

            _hasTurn = true;
        }

        return Append(word);
    }

    private async ValueTask WriteLaterAsync(Word word)
    {
        await output.BeginAsync(Closed);
        _hasTurn = true;
        await Append(word);
    }

    private ValueTask Append(Word word)
    {
        if (word.Frame is { } frame)
        {
            encoder.Write(frame, _plain);
        }
        else if (word.Message is PlainBeat)
        {
            encoder.Beat(_plain);
        }
        else if (word.Message is InvocationMessage { Arguments: [{ } notice, ..] })
        {
            if (notice is Control && Pump?.Order is { } order)
            {
                encoder.Flush(_plain);
                _last = encoder.Close(order.Reason, order.Message, _plain);
            }
            else
            {
                encoder.Write(notice, _plain);
            }
        }

        if (output.Unflushed < MaxUnflushedBytes)
        {
            return default;
        }

        _hasTurn = false;
        return output.EndAsync();
    }

    // The framework writes the close frame in a turn of its own, and no data goes out after it.
    private async ValueTask CloseAsync()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            await output.EndAsync();
        }

        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)_last.Status, _last.Text, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has gone without waiting for that.
        }
    }

    private readonly record struct Word(Frame? Frame, HubMessage? Message);
}
