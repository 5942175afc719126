namespace RealtimeHub.Cli.Wire;

/// <summary>A connection was refused, broke, or did not say in time what was waited for.</summary>
/// <param name="message">What happened.</param>
/// <param name="status">The status that refused it, if one did.</param>
/// <param name="inner">The cause.</param>
internal sealed class WireException(string message, int? status = null, Exception? inner = null) : Exception(message, inner)
{
    public int? Status { get; } = status;
}
