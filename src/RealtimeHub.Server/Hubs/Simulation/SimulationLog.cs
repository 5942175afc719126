namespace RealtimeHub.Server.Hubs.Simulation;

internal static partial class SimulationLog
{
    [LoggerMessage(1250, LogLevel.Information, "Run {RunId} of {Model}, {GridSize} x {GridSize2}, was started by {Owner}.", EventName = "RunStarted")]
    public static partial void RunStarted(ILogger logger, string runId, string model, int gridSize, int gridSize2, string owner);

    [LoggerMessage(1251, LogLevel.Information, "Run {RunId} ended after step {Step}: {State} {Reason}", EventName = "RunEnded")]
    public static partial void RunEnded(ILogger logger, string runId, long step, string state, string? reason);

    [LoggerMessage(1252, LogLevel.Error, "Run {RunId} failed after step {Step}.", EventName = "RunFailed")]
    public static partial void RunFailed(ILogger logger, Exception exception, string runId, long step);

    [LoggerMessage(1253, LogLevel.Debug, "Run {RunId} was steered after step {Step} by {By}.", EventName = "RunSteered")]
    public static partial void RunSteered(ILogger logger, string runId, long step, string by);

    [LoggerMessage(1860, LogLevel.Information, "Run {RunId} goes on here after step {Step}.", EventName = "RunTakenOver")]
    public static partial void RunTakenOver(ILogger logger, string runId, long step);

    [LoggerMessage(1861, LogLevel.Information, "Run {RunId} is left to another node after step {Step}.", EventName = "RunLeft")]
    public static partial void RunLeft(ILogger logger, string runId, long step);
}
