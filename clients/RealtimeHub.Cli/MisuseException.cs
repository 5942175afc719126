namespace RealtimeHub.Cli;

/// <summary>The command line asks for something that makes no sense.</summary>
internal sealed class MisuseException(string message) : Exception(message);
