namespace RealtimeHub.Server.Connections;

internal static partial class ChannelRuleLog
{
    [LoggerMessage(1114, LogLevel.Warning, "Who may use {Channel} cannot be found out; the caller is refused.", EventName = "ChannelRuleFailed")]
    public static partial void RuleFailed(ILogger logger, Exception exception, string channel);
}
