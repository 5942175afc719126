namespace RealtimeHub.Server.Dashboard;

internal static partial class DashboardLog
{
    [LoggerMessage(1901, LogLevel.Information,
        "The dashboard is not built: install Node.js 20 or later with npm, and build the server again.", EventName = "DashboardMissing")]
    public static partial void Missing(ILogger logger);
}
