using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Engine.Transport;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Plain;

/// <summary>A WebSocket without a hub protocol under a pump of its own: subscriptions, notices, closing and drain are those of hub connections.</summary>
/// <remarks>Thread-safe but for <see cref="ReceiveAsync"/>, which one loop calls.</remarks>
public sealed class PlainConnection : HubCallerContext, IAsyncDisposable
{
    private readonly ConnectionContext _context;
    private readonly WebSocket _socket;
    private readonly SharedOutput _output;
    private readonly PlainOutput _plain;
    private readonly CancellationTokenSource _closed = new();
    private readonly HubConnections _connections;
    private readonly ConnectionPump _pump;
    private readonly ConnectionTraffic? _traffic = ConnectionTraffic.Current;

    internal PlainConnection(
        ConnectionContext context, string? userId, WebSocket socket, SharedOutput output, IPlainEncoder encoder, EngineContext engine, HubConnections connections)
    {
        (_context, _socket, _output, _connections) = (context, socket, output, connections);
        _plain = new PlainOutput(output);
        UserIdentifier = userId;
        var sink = new PlainSink(socket, output, encoder, Cut, _closed.Token);
        _pump = new ConnectionPump(context.ConnectionId, userId, sink, engine);
        sink.Pump = _pump;

        // Each dialect says for itself when a connection idles.
        _pump.CallBegins();
        context.Features.Set(_pump);
        connections.Add(_pump);
        _traffic?.ShookHands();
    }

    /// <inheritdoc />
    public override string ConnectionId => _context.ConnectionId;

    /// <inheritdoc />
    public override string? UserIdentifier { get; }

    /// <inheritdoc />
    public override ClaimsPrincipal? User => null;

    /// <inheritdoc />
    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    /// <inheritdoc />
    public override IFeatureCollection Features => _context.Features;

    /// <inheritdoc />
    public override CancellationToken ConnectionAborted => _closed.Token;

    /// <summary>Whether the server ends it.</summary>
    public bool IsClosing => _pump.IsClosing;

    /// <summary>Whether the client has closed it.</summary>
    public bool IsClosedByClient { get; private set; }

    /// <summary>How long nothing has come from the client, pongs of the WebSocket protocol included.</summary>
    public TimeSpan Silence => _output.Silence;

    /// <summary>Receives one message.</summary>
    /// <param name="message">The message to fill; what is too large for it is read to its end and thrown away.</param>
    /// <returns>False when the connection has ended.</returns>
    public async ValueTask<bool> ReceiveAsync(PlainMessage message)
    {
        try
        {
            while (true)
            {
                // Nothing is held for a connection that is silent.
                var result = await _socket.ReceiveAsync(Memory<byte>.Empty, _closed.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return await AnswerCloseAsync();
                }

                message.Begin();
                do
                {
                    result = await _socket.ReceiveAsync(message.Free(), _closed.Token);
                    if (result.MessageType == WebSocketMessageType.Close)
                    {
                        return await AnswerCloseAsync();
                    }

                    message.Advance(result.Count);
                    if (message.IsHopeless)
                    {
                        return true;
                    }
                }
                while (!result.EndOfMessage);

                message.IsBinary = result.MessageType == WebSocketMessageType.Binary;
                _traffic?.Received(message.TotalBytes);
                if (!IsClosing)
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ConnectionResetException)
        {
            return false;
        }
    }

    /// <summary>Writes messages in a turn of its own, and waits until the connection has taken them.</summary>
    public async Task WriteAsync(Action<PlainOutput> write)
    {
        await _output.BeginAsync(_closed.Token);
        write(_plain);
        await _output.EndAsync();
    }

    /// <summary>Writes one text message, and waits until the connection has taken it.</summary>
    public Task WriteTextAsync(ReadOnlyMemory<byte> text) => WriteAsync(output => output.Text(text.Span));

    /// <summary>Has the encoder say that the connection is alive, when it comes to that.</summary>
    public void Beat() => _pump.Tell(PlainBeat.Instance);

    /// <summary>Has the encoder look at what it holds back.</summary>
    public void Look() => _pump.Look();

    /// <summary>Ends the connection with a last word.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="isPatient">Whether what is waiting is delivered first.</param>
    public void Close(CloseReason reason, string message, bool isPatient = false) => _pump.Close(new CloseOrder(reason, message, null, isPatient));

    /// <summary>The subscriber's id of the subscription on a channel; null if it has none.</summary>
    public string? IdOf(string channel) => _pump.Subscriptions.FindByChannel(channel)?.Id;

    /// <summary>Whether something holds a subscription with this id.</summary>
    public bool Has(string id) => _pump.Subscriptions.Find(id) is not null;

    /// <inheritdoc />
    public override void Abort() => _pump.Abort();

    /// <summary>Ends all of it; nothing is written afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _pump.Subscriptions.Close();
        _connections.Remove(_pump);
        await _output.CloseAsync();
        _socket.Dispose();
        _closed.Dispose();
    }

    private async Task<bool> AnswerCloseAsync()
    {
        if (_socket.State == WebSocketState.CloseReceived)
        {
            IsClosedByClient = true;
            _traffic?.Goodbye();
            await _socket.CloseOutputAsync(_socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, _closed.Token);
        }

        return false;
    }

    private void Cut()
    {
        try
        {
            _closed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }

        _context.Abort();
    }
}
