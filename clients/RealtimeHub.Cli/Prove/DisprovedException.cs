namespace RealtimeHub.Cli.Prove;

/// <summary>The deployment did not do what the rule says.</summary>
/// <param name="message">What it did.</param>
/// <param name="code">The code of its refusal, if it refused.</param>
internal sealed class DisprovedException(string message, string? code = null) : Exception(message)
{
    public string? Code { get; } = code;
}
