namespace RealtimeHub.Server.Diagnostics;

internal static partial class DiagnosticsLog
{
    [LoggerMessage(1001, LogLevel.Information,
        "RealtimeHub listens on {Address}; the dashboard there, six hubs under /hubs (climate, simulation, events, system, jobs, workspace), HTTP under /api/v1, its description at {OpenApi}.",
        EventName = "Listening")]
    public static partial void Listening(ILogger logger, string address, string openApi);

    [LoggerMessage(1002, LogLevel.Information,
        "Development: the key dev-key is accepted and sample events are published. Watch them: dotnet run --project clients/RealtimeHub.Cli -- events tail --last 5 --url {Address}",
        EventName = "DevelopmentMode")]
    public static partial void DevelopmentMode(ILogger logger, string address);
}
