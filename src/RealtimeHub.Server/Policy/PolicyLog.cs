namespace RealtimeHub.Server.Policy;

/// <summary>What the policy tells operators. No message holds a place that somebody asked for.</summary>
internal static partial class PolicyLog
{
    [LoggerMessage(1500, LogLevel.Information, "The policy {Version} with {Areas} areas is in force.", EventName = "PolicyRead")]
    public static partial void PolicyRead(ILogger logger, string version, int areas);

    [LoggerMessage(1501, LogLevel.Error, "The policy file {File} cannot be read, so everything that it governs is refused: {Problem}", EventName = "PolicyUnreadable")]
    public static partial void PolicyUnreadable(ILogger logger, string file, string problem);

    [LoggerMessage(1502, LogLevel.Information, "Refused {Kind} to {Principal} with {Code} by {Policy}; decision {Decision}.", EventName = "CareRefused")]
    public static partial void CareRefused(ILogger logger, CareKind kind, string principal, string code, string policy, string decision);

    [LoggerMessage(1503, LogLevel.Information, "The decision on a running channel of {Kind} changed from {Before} to {After}; decision {Decision}.", EventName = "DecisionChanged")]
    public static partial void DecisionChanged(ILogger logger, CareKind kind, CareOutcome before, CareOutcome after, string decision);

    [LoggerMessage(1504, LogLevel.Warning, "The policy file {File} is not told of by the file system, only looked at now and then: {Reason}", EventName = "PolicyNotWatched")]
    public static partial void PolicyNotWatched(ILogger logger, string file, string reason);

    [LoggerMessage(1505, LogLevel.Error, "Deciding on {Kind} failed; it is refused.", EventName = "DecisionFailed")]
    public static partial void DecisionFailed(ILogger logger, Exception exception, CareKind kind);

    [LoggerMessage(1506, LogLevel.Warning, "The new epoch of {Channel} waits for the store, which is away; nothing of the channel is shown or published meanwhile.", EventName = "RenewalDelayed")]
    public static partial void RenewalDelayed(ILogger logger, string channel);
}
