namespace RealtimeHub.Cli.Prove;

/// <summary>The deployment did not do what the rule says.</summary>
/// <param name="message">What it did.</param>
internal sealed class DisprovedException(string message) : Exception(message);
