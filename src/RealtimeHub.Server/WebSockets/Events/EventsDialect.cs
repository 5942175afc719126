using System.Net.WebSockets;
using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>One route of the events dialect. Thread-safe.</summary>
internal sealed class EventsDialect(EventsRoute route, EventsDialectOptions options, ChannelDirectory directory, CredentialResolver resolver, DialectServices services)
    : Dialect
{
    private const int MaxFirstMessageBytes = 16 << 10;

    public override string Path => route.Path;

    public override string? SubprotocolOf(HttpContext context) => CredentialRequest.SubprotocolOf(context);

    public override ProtocolError? Refuse(Principal principal) =>
        principal.Has(route.Scope) ? null : ErrorCodes.Forbidden.With($"This route needs the scope {route.Scope}.");

    public override Identity? Stranger(HttpContext context, ErrorCode refusal) =>
        refusal != ErrorCodes.AuthRequired ? null
        : options.Anonymous ? Strangers.Anybody(ClientAddress.Of(context), route.Scope)
        : options.FirstMessageAuth ? Strangers.Unknown(context)
        : null;

    // Clients of these routes are told with a close frame, which takes an accepted connection.
    public override async Task RefuseAsync(HttpContext context, ProtocolError error)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(SubprotocolOf(context));
        await CloseAsync(socket, DialectCloseReasons.Policy, error.Message);
    }

    public override async Task<bool> BeginAsync(DialectStart start)
    {
        if (route.ChannelOf(start.Http) is null)
        {
            await CloseAsync(start.Socket.WebSocket, DialectCloseReasons.Policy, "There can be no such job");
            return false;
        }

        if (!Strangers.IsUnknown(start.Live.Principal.Identity))
        {
            return true;
        }

        var socket = start.Socket.WebSocket;
        if (await FirstTokenAsync(socket) is { } token
            && (await resolver.ResolveAsync(start.Live.Hub, null, token, start.Http.RequestAborted)).Identity is { } identity
            && Refuse(identity.Principal) is null
            && services.TryIdentify(start.Live, identity))
        {
            return true;
        }

        await CloseAsync(socket, DialectCloseReasons.Unauthenticated, "Authentication failed");
        return false;
    }

    public override DialectSession NewSession(DialectStart start)
    {
        var form = Enum.TryParse<MessageForm>(start.Http.Request.Query["format"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : options.DefaultForm;
        return new EventsSession(route, route.ChannelOf(start.Http)!.Value, form, options, directory, services, start.Live);
    }

    private static async Task CloseAsync(WebSocket socket, int status, string text)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await socket.CloseAsync((WebSocketCloseStatus)status, DialectJson.Cut(text, 123), limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // It has gone without waiting for that.
        }
    }

    private async Task<string?> FirstTokenAsync(WebSocket socket)
    {
        using var limit = new CancellationTokenSource(options.FirstMessageTimeout, services.Clock);
        var buffer = new byte[MaxFirstMessageBytes];
        try
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage && length < buffer.Length && part.MessageType is not WebSocketMessageType.Close);

            using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
            return DialectJson.Text(message.RootElement, "type") == "auth" ? DialectJson.Text(message.RootElement, "token") : null;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or JsonException)
        {
            return null;
        }
    }
}
