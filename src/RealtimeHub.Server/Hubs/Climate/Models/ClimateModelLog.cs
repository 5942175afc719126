namespace RealtimeHub.Server.Hubs.Climate.Models;

internal static partial class ClimateModelLog
{
    [LoggerMessage(1270, LogLevel.Information, "The climate model {Version} is ready: {File}.", EventName = "ModelReady")]
    public static partial void ModelReady(ILogger logger, string version, string file);

    [LoggerMessage(1271, LogLevel.Warning, "The remote model does not answer: {Reason} {Fallback} answers in its place.", EventName = "RemoteModelAway")]
    public static partial void RemoteModelAway(ILogger logger, string reason, string fallback);

    [LoggerMessage(1272, LogLevel.Information, "The remote model answers again, as {Version}.", EventName = "RemoteModelBack")]
    public static partial void RemoteModelBack(ILogger logger, string version);
}
