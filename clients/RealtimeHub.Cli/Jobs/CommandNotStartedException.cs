namespace RealtimeHub.Cli.Jobs;

/// <summary>A command could not be started.</summary>
internal sealed class CommandNotStartedException(string command, Exception cause)
    : Exception($"{command} cannot be started: {cause.Message}", cause);
