namespace RealtimeHub.Cli.Prove;

/// <summary>A proof cannot be made on this deployment, or with these credentials.</summary>
/// <param name="message">What it needs.</param>
internal sealed class NotApplicableException(string message) : Exception(message);
