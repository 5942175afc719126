using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Signatures;
using RealtimeHub.Server.Hubs.Simulation;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.WebSockets.Simulation;

/// <summary>One route of the simulation dialect: whoever connects says in a message who it is. Thread-safe.</summary>
/// <param name="path">The route.</param>
/// <param name="hasStreams">Whether streams can be subscribed.</param>
/// <param name="options">Its options.</param>
/// <param name="runs">The runs.</param>
/// <param name="signatures">The check of keys with their times.</param>
/// <param name="services">What every session uses.</param>
internal sealed class SimulationDialect(
    string path, bool hasStreams, SimulationDialectOptions options, SimulationRuns runs, SignedTimestamps signatures, DialectServices services) : Dialect
{
    public override string Path => path;

    // What a stream needs is asked for when it is subscribed.
    public override ProtocolError? Refuse(Principal principal) => null;

    public override Identity? Stranger(HttpContext context, ErrorCode refusal) => refusal == ErrorCodes.AuthRequired ? Strangers.Unknown(context) : null;

    public override Task RefuseAsync(HttpContext context, ProtocolError error) => ProblemResults.WriteAsync(context, error);

    public override DialectSession NewSession(DialectStart start) => new SimulationSession(hasStreams, options, runs, signatures, services, start.Live);
}
