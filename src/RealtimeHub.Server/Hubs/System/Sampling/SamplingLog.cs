namespace RealtimeHub.Server.Hubs.System.Sampling;

internal static partial class SamplingLog
{
    [LoggerMessage(1651, LogLevel.Warning, "Service {Service} is {Status}: {Reason}", EventName = "ServiceUnhealthy")]
    public static partial void ServiceUnhealthy(ILogger logger, string service, string status, string? reason);

    [LoggerMessage(1652, LogLevel.Information, "Service {Service} is {Status}.", EventName = "ServiceHealthy")]
    public static partial void ServiceHealthy(ILogger logger, string service, string status);

    [LoggerMessage(1653, LogLevel.Warning, "Graphics processors cannot be read with {Command}: {Reason}; they are left out.", EventName = "GpuUnreadable")]
    public static partial void GpuUnreadable(ILogger logger, string command, string reason);
}
