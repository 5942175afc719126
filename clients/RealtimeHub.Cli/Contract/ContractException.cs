namespace RealtimeHub.Cli.Contract;

/// <summary>The C# contract says something that cannot be put into a schema, or changes the wire without saying so.</summary>
internal sealed class ContractException(string message) : Exception(message);
