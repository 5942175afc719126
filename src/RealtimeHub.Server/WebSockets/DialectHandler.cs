using RealtimeHub.Engine.Plain;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.WebSockets;

/// <summary>Leads a request to a plain WebSocket route to its session: admission, credential, limits, then one loop. Thread-safe.</summary>
internal sealed class DialectHandler(
    AdmissionMiddleware admission, ConnectionGuard guard, PlainConnections plain, DialectSessions sessions, DialectServices services)
{
    public async Task HandleAsync(HttpContext http, Dialect dialect)
    {
        if (!PlainConnections.CanAccept(http))
        {
            await ProblemResults.WriteAsync(http, ErrorCodes.InvalidRequest.With("This is a WebSocket route, over HTTP/1.1."));
            return;
        }

        var refusal = admission.Newcomer(http) ?? Identify(http, dialect) ?? admission.Crowd(http, PrincipalFeature.Of(http));
        if (refusal is not null)
        {
            admission.Refused(http, refusal.Code);
            await dialect.RefuseAsync(http, refusal);
            return;
        }

        var context = new RequestConnection(http);
        await guard.GuardAsync(context, dialect.Path, _ => RunAsync(http, context, dialect));
    }

    private static ProtocolError? Identify(HttpContext http, Dialect dialect)
    {
        if (http.Features.Get<IPrincipalFeature>()?.Principal is { } principal)
        {
            return dialect.Refuse(principal);
        }

        var why = CredentialRefusal.Of(http);
        if (dialect.Stranger(http, why) is not { } stranger)
        {
            return why.With(why.Meaning);
        }

        http.Features.Set<IPrincipalFeature>(new PrincipalFeature(stranger));
        return null;
    }

    private async Task RunAsync(HttpContext http, RequestConnection context, Dialect dialect)
    {
        var live = context.Features.Get<LiveConnection>()!;
        var socket = await PlainConnections.AcceptAsync(http, dialect.SubprotocolOf(http));
        var start = new DialectStart(http, live, socket);
        if (!await dialect.BeginAsync(start))
        {
            return;
        }

        var session = dialect.NewSession(start);
        await using var connection = plain.Open(context, live.Principal.Principal.Id, socket, session);
        session.Connection = connection;
        using var registration = sessions.Add(session);
        try
        {
            await ReadAsync(session, connection, live);
            live.EndReason = connection.IsClosedByClient ? "client_closed" : "connection_lost";
        }
        catch (OperationCanceledException)
        {
            live.EndReason = "connection_lost";
        }
        finally
        {
            session.End();
        }
    }

    private async Task ReadAsync(DialectSession session, PlainConnection connection, LiveConnection live)
    {
        using var message = new PlainMessage(session.MaxMessageBytes);
        try
        {
            await session.BeginAsync();
        }
#pragma warning disable CA1031 // A failure of ours ends the connection with its number, the cause is in the log only.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Fail(exception, connection);
        }

        while (await connection.ReceiveAsync(message))
        {
            try
            {
                await AnswerAsync(session, connection, live, message);
            }
#pragma warning disable CA1031 // As above.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Fail(exception, connection);
            }
        }
    }

    private async Task AnswerAsync(DialectSession session, PlainConnection connection, LiveConnection live, PlainMessage message)
    {
        if (message.IsHopeless)
        {
            connection.Close(CloseReasons.MessageTooLarge, CloseReasons.MessageTooLarge.Meaning);
            return;
        }

        if (await services.TakeAsync(live, connection.ConnectionAborted) is { } refusal)
        {
            await session.RefuseAsync(refusal);
            return;
        }

        if (message.IsTooLarge)
        {
            services.Fault(live, "bad_frame");
            await session.RefuseSizeAsync(message.TotalBytes);
            return;
        }

        await session.HandleAsync(message);
    }

    private void Fail(Exception exception, PlainConnection connection)
    {
        DialectLog.SessionFailed(services.Logger, exception, connection.ConnectionId);
        connection.Close(DialectCloseReasons.InternalError, DialectCloseReasons.InternalError.Meaning);
    }
}
