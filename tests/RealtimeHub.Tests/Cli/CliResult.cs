namespace RealtimeHub.Tests.Cli;

/// <summary>What a command has left behind.</summary>
internal sealed record CliResult(int Code, string Output, string Error);
